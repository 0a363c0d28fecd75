import type { ProviderRecord } from '../provider-record.ts'

export const twilio: ProviderRecord = {
  preset: 'twilio',
  said: [
    [
      'E.164 in Request-URI, From and P-Asserted-Identity; Diversion where the call was forwarded',
      'https://www.twilio.com/docs/glossary/sip-invites.md',
    ],
    [
      'calls come from its gateways, whatever is registered',
      'https://www.twilio.com/docs/sip-trunking/ip-addresses',
    ],
  ],
  signalling: '54.172.60.1',
  media: '203.0.113.60',
  account: null,
  invite: {
    user: '+14155552222',
    from: '"Alice" <sip:+14155551111@example.pstn.twilio.com>',
    to: '"Bob" <sip:+14155552222@192.0.2.2>',
    contact: '"Alice" <sip:+14155551111@54.172.60.1:5060;transport=udp>',
    headers: [
      'Diversion: "Sales" <sip:+14155550000@example.pstn.twilio.com>',
      'P-Asserted-Identity: "Alice" <sip:+14155551111@example.pstn.twilio.com>',
      'X-Twilio-CallSid: CA00000000000000000000000000000000',
    ],
    sdp: ['m=audio PORT RTP/AVP 0 101', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:101 telephone-event/8000'],
  },
  caller: { number: '+14155551111', name: 'Alice' },
  refresh: null,
}
