import { openNegotiation } from '../../../src/sdp/index.ts'
import { browserSecurity, describeBrowser } from '../../helpers/scripted-browser.ts'
import { seededRandom } from '../../helpers/seeded-random.ts'
import { holds, type Target } from '../target.ts'

const random = seededRandom(5)
const sides = {
  plain: { address: '192.0.2.10', sessionId: 1 },
  encrypted: {
    address: '192.0.2.10',
    sessionId: 2,
    sdes: { use: 'offered', isPrivate: true, random },
  },
  browser: {
    address: '192.0.2.10',
    sessionId: 3,
    browser: { ice: browserSecurity.ice.local, fingerprint: browserSecurity.fingerprint },
  },
} as const

const open = (side: keyof typeof sides) => {
  const negotiation = openNegotiation(sides[side])
  negotiation.port = 4000
  return negotiation
}

const telephone = (media: string) =>
  Buffer.from(`v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n${media}`)

/** Offers are answered by what fits them, or refused; answers are taken or not (RFC 3264). */
export const sdp: Target = {
  name: 'sdp',
  shape: 'text',
  seeds: [
    telephone(
      'm=audio 30000 RTP/AVP 0 8 9 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\n',
    ),
    telephone(
      'm=audio 30000 RTP/AVP 111 0\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\na=sendonly\r\n',
    ),
    telephone(
      `m=audio 30000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${'A'.repeat(40)}|2^31|1:4\r\n`,
    ),
    telephone(
      'm=video 0 RTP/AVP 31\r\nm=audio 30000 RTP/AVP 0\r\nc=IN IP6 2001:db8::1\r\na=rtcp:30005\r\na=maxptime:40\r\n',
    ),
    Buffer.from(describeBrowser('-', 1, 'sendrecv')),
    open('plain').offer(),
    open('encrypted').offer(),
    open('browser').offer(),
  ],
  open: async () => ({
    take(input) {
      for (const side of Object.keys(sides) as (keyof typeof sides)[]) {
        const taker = open(side)
        if (taker.takeOffer(input) === undefined) {
          holds(taker.flow !== undefined, 'an offer was taken, and there is no flow')
          const offerer = open(side)
          offerer.offer()
          offerer.takeAnswer(taker.answer())
        }
        const offerer = open(side)
        offerer.offer()
        holds(
          !offerer.takeAnswer(input) || offerer.flow !== undefined,
          'an answer was taken, and there is no flow',
        )
      }
    },
  }),
}
