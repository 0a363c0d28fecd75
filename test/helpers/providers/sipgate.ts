import type { ProviderRecord } from '../provider-record.ts'

const SIPGATE_TRACE = 'https://pastebin.com/GXCV41Dp'
export const sipgate: ProviderRecord = {
  preset: 'sipgate',
  said: [
    ['the SIP-ID in the Request-URI, the number in To; three proxies in Record-Route and Via', SIPGATE_TRACE],
    ['From says the number twice, as name and as user', SIPGATE_TRACE],
    ['nine codecs, silenceSupp:off', SIPGATE_TRACE],
    ['a challenge of realm and nonce, and nothing else', 'https://pastebin.com/xh44Hnc7'],
  ],
  signalling: '203.0.113.9',
  media: '203.0.113.45',
  account: { user: '1234567e0' },
  registrar: { challenge: { status: 401, realm: 'sipgate.de', parameters: '' }, tellsBy: 'contact' },
  invite: {
    user: '1234567e0',
    from: '"01234567" <sip:01234567@sipgate.de>',
    to: '<sip:004912345670@sipgate.de>',
    contact: '<sip:01234567@203.0.113.45:5060>',
    vias: [
      'SIP/2.0/UDP 172.20.40.5;branch=z9hG4bK0a93.a481ddff.0',
      'SIP/2.0/UDP 203.0.113.45:5060;branch=z9hG4bK1dffade2',
    ],
    headers: [
      'Record-Route: <sip:203.0.113.9;lr;ftag=as2f0b9300>',
      'Record-Route: <sip:172.20.40.5;lr>',
      'Record-Route: <sip:203.0.113.137;lr;ftag=as2f0b9300>',
      'Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH',
      'Supported: replaces',
    ],
    sdp: [
      'm=audio PORT RTP/AVP 8 0 3 97 18 112 101',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:3 GSM/8000',
      'a=rtpmap:97 iLBC/8000',
      'a=fmtp:97 mode=30',
      'a=rtpmap:18 G729/8000',
      'a=fmtp:18 annexb=no',
      'a=rtpmap:112 G726-32/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-16',
      'a=silenceSupp:off - - - -',
      'a=ptime:20',
      'a=sendrecv',
    ],
  },
  caller: { number: '01234567', name: null },
  refresh: null,
}
