import type { ProviderRecord } from '../provider-record.ts'
import { telnyx } from './telnyx.ts'

/** Nothing of it was found but its registrar: as most providers do it. */
export const easybell: ProviderRecord = {
  ...telnyx,
  preset: 'easybell',
  said: [],
  signalling: '203.0.113.70',
  account: { user: '004930123456' },
  registrar: {
    challenge: { status: 401, realm: 'easybell.de', parameters: ',algorithm=MD5' },
    tellsBy: 'contact',
    leastSeconds: 900,
  },
  invite: {
    from: '<sip:004930987654@voip.easybell.de;user=phone>',
    to: '<sip:004930123456@voip.easybell.de>',
    contact: '<sip:203.0.113.70:5060>',
    headers: ['P-Asserted-Identity: <tel:+4930987654>', 'Supported: timer'],
    sdp: ['m=audio PORT RTP/AVP 8 9 101', 'a=rtpmap:101 telephone-event/8000'],
  },
  caller: { number: '+4930987654', name: null },
}
