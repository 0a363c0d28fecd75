import type { ProviderRecord } from '../provider-record.ts'

const FREEPBX_TRACE = 'https://pastebin.com/d1248SkR'
export const freepbx: ProviderRecord = {
  preset: 'freepbx',
  said: [
    [
      '100rel, timer, replaces, norefersub, histinfo; Session-Expires 1800 without a refresher, Min-SE 90',
      FREEPBX_TRACE,
    ],
    ['the Contact is asterisk, From has the name of the extension', FREEPBX_TRACE],
    [
      'OPTIONS as soon as we are registered, and we are unavailable without an answer',
      'https://github.com/sipsorcery-org/sipsorcery/issues/1089',
    ],
  ],
  signalling: '192.0.2.7',
  account: { user: '201' },
  registrar: {
    challenge: { status: 401, realm: 'asterisk', parameters: ',opaque="5f4a",algorithm=MD5,qop="auth"' },
    tellsBy: 'contact',
    notifies: true,
  },
  optionsEverySeconds: 60,
  invite: {
    from: '"User 100" <sip:100@192.0.2.7>',
    to: '<sip:201@192.0.2.2>',
    contact: '<sip:asterisk@192.0.2.7:5060>',
    headers: [
      'Allow: OPTIONS, REGISTER, SUBSCRIBE, NOTIFY, PUBLISH, INVITE, ACK, BYE, CANCEL, UPDATE, PRACK, MESSAGE, REFER',
      'Supported: 100rel, timer, replaces, norefersub, histinfo',
      'Session-Expires: 1800',
      'Min-SE: 90',
      'User-Agent: FPBX-15.0.17.55(16.20.0)',
    ],
    sdp: [
      'm=audio PORT RTP/AVP 0 8 101',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-16',
      'a=ptime:20',
      'a=maxptime:150',
      'a=sendrecv',
    ],
  },
  caller: { number: '100', name: 'User 100' },
  refresh: { by: 'UPDATE', afterSeconds: 900 },
}
