import type { ProviderRecord } from '../provider-record.ts'

export const telnyx: ProviderRecord = {
  preset: 'telnyx',
  said: [
    ['realm sip.telnyx.com, algorithm=MD5', 'https://pastebin.com/MK9nfhm9'],
    [
      '404, 486 and 603 are final, others are tried again from another address',
      'https://developers.telnyx.com/docs/voice/sip-trunking/routing/failover-and-retries',
    ],
  ],
  signalling: '203.0.113.30',
  media: '203.0.113.31',
  account: { user: 'household' },
  registrar: {
    challenge: { status: 401, realm: 'sip.telnyx.com', parameters: ',algorithm=MD5,qop="auth"' },
    tellsBy: 'contact',
  },
  invite: {
    user: '+13125550100',
    from: '"+13125550199" <sip:+13125550199@sip.telnyx.com>',
    to: '<sip:+13125550100@sip.telnyx.com>',
    contact: '<sip:+13125550199@203.0.113.30:5060>',
    headers: [
      'Record-Route: <sip:203.0.113.30;lr>',
      'Supported: timer, path, replaces',
      'P-Asserted-Identity: <sip:+13125550199@sip.telnyx.com>',
    ],
    sdp: ['m=audio PORT RTP/AVP 0 8 9 101', 'a=rtpmap:101 telephone-event/8000', 'a=ptime:20'],
  },
  caller: { number: '+13125550199', name: null },
  refresh: { by: 'INVITE', afterSeconds: 60 },
}
