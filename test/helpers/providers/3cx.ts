import type { ProviderRecord } from '../provider-record.ts'

export const threeCx: ProviderRecord = {
  preset: '3cx',
  said: [
    [
      '407 to REGISTER, realm 3CXPhoneSystem, a login name of its own',
      'https://github.com/voiceip/tinyphone/issues/33',
    ],
  ],
  signalling: '192.0.2.7',
  account: { user: '201', authUser: 'kGYf6wQqOk' },
  registrar: {
    challenge: { status: 407, realm: '3CXPhoneSystem', parameters: ',algorithm=MD5' },
    tellsBy: 'contact',
    givesSeconds: 120,
    notifies: true,
  },
  invite: {
    from: '"Reception" <sip:100@192.0.2.7:5060>',
    to: '<sip:201@192.0.2.7:5060>',
    contact: '<sip:100@192.0.2.7:5060>',
    headers: ['Supported: replaces, timer', 'User-Agent: 3CXPhoneSystem'],
    sdp: ['m=audio PORT RTP/AVP 0 8 101', 'a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-15'],
  },
  caller: { number: '100', name: 'Reception' },
  refresh: { by: 'INVITE', afterSeconds: 60 },
}
