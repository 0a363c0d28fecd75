import type { ProviderRecord } from '../provider-record.ts'

export const voipms: ProviderRecord = {
  preset: 'voipms',
  said: [
    [
      'the number called (DID) in the Request-URI, at the place where it sees us',
      'https://pastebin.com/z5JanYJS',
    ],
    ['the realm is the name of the server', 'https://pastebin.com/auVi4Kaq'],
  ],
  signalling: '203.0.113.20',
  account: { user: '123456_answerphone' },
  registrar: {
    challenge: { status: 401, realm: 'montreal.voip.ms', parameters: ',algorithm=MD5' },
    tellsBy: 'expires',
  },
  optionsEverySeconds: 60,
  invite: {
    user: '5145550100',
    from: '"JOHN SMITH" <sip:4165550123@203.0.113.20>',
    to: '<sip:5145550100@192.0.2.2:5060>',
    contact: '<sip:4165550123@203.0.113.20:5060>',
    headers: [
      'Supported: replaces, timer',
      'Remote-Party-ID: "JOHN SMITH" <sip:4165550123@203.0.113.20>;party=calling',
    ],
    sdp: ['m=audio PORT RTP/AVP 0 18 101', 'a=rtpmap:18 G729/8000', 'a=rtpmap:101 telephone-event/8000'],
  },
  caller: { number: '4165550123', name: 'JOHN SMITH' },
  refresh: { by: 'INVITE', afterSeconds: 60 },
}
