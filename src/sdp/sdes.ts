import type { Media } from 'sdp-transform'
import type { Random } from '../shared/random.ts'
import { type Crypto, cryptoAttribute, type MasterKey, SUITES, type SuiteName } from './crypto.ts'
import { type MediaSection, parseDescription } from './description.ts'

/** Whether sound is to be encrypted by keys in the session description (RFC 4568). */
export type SrtpUse =
  /** Never. */
  | 'off'
  /** Where the other side can, and the keys can't be read on the way. */
  | 'offered'
  /** Always, or there is no call; keys go over whatever transport there is, as its owner wants. */
  | 'required'

/** What we bring into a session whose keys come with its description. */
export interface SdesSide {
  readonly use: SrtpUse
  /** Nobody on the way can read the session description: it goes over TLS (RFC 4568 §7, RFC 3261 §26.2). */
  readonly isPrivate: boolean
  readonly random: Pick<Random, 'bytes'>
}

/** How media is secured by what two session descriptions said (RFC 4568 §5). */
export interface SdesSecurity {
  readonly kind: 'sdes'
  readonly send: MasterKey
  readonly receive: MasterKey
}

/** RFC 3711 §12: the profiles of SRTP without DTLS. */
const SECURE_PROTOCOLS = ['RTP/SAVP', 'RTP/SAVPF']
export const isSecureProtocol = (protocol: string): boolean => SECURE_PROTOCOLS.includes(protocol)

/** What a section leads to: plain sound, secured sound, or none for a reason. */
export type Secrecy =
  | { readonly kind: 'plain' }
  | { readonly kind: 'secured'; readonly theirs: Crypto }
  | { readonly kind: 'refused'; readonly why: string }

/**
 * How an offered section is taken. Keys in RTP/AVP are an offer to encrypt where we can, as many telephones make it: the
 * answer has one too, or sound stays plain.
 */
export function judgeSecrecy({ protocol, cryptos }: MediaSection, side: SdesSide | undefined): Secrecy {
  const { use = 'off', isPrivate = false } = side ?? {}
  const must = isSecureProtocol(protocol)
  const theirs = use === 'required' || (use === 'offered' && isPrivate) ? choose(cryptos) : undefined
  if (theirs) return { kind: 'secured', theirs }
  if (must && use === 'off') return refused(`no ${protocol}`)
  if (must && use === 'offered' && !isPrivate)
    return refused('no SRTP without TLS, for its keys could be read')
  if (must) return refused('no crypto suite in common')
  return use === 'required' ? refused('SRTP is required') : { kind: 'plain' }
}

const refused = (why: string): Secrecy => ({ kind: 'refused', why })

/**
 * §5.1.2: the offerer's favourite of those that we speak. But 32 bits of authentication only where there is nothing else,
 * for RFC 3711 §7.5 calls them weak.
 */
function choose(cryptos: readonly Crypto[]): Crypto | undefined {
  return cryptos.find(({ master }) => master.suite !== 'AES_CM_128_HMAC_SHA1_32') ?? cryptos[0]
}

/** Our half of an answer, and what both make: the offer's tag and suite, a key of ours (§5.1.2). */
export function answerSecurely(theirs: Crypto, side: SdesSide, previous: Buffer | undefined) {
  const { suite } = theirs.master
  const send = knownKey(suite, previous) ?? makeKey(suite, side.random)
  const security: SdesSecurity = { kind: 'sdes', send, receive: theirs.master }
  const attributes: Partial<Media> = { crypto: [cryptoAttribute({ tag: theirs.tag, master: send })] }
  return { security, attributes }
}

/** Whether our offers say how we would encrypt; `before`: in a session that goes on. */
export function offersKeys(side: SdesSide | undefined, before?: MediaSection): side is SdesSide {
  if (!side) return false
  // A session goes on as it is (§7.1.4).
  if (before) return before.cryptos.length > 0
  return side.use === 'required' || (side.use === 'offered' && side.isPrivate)
}

/** Each suite with a key of its own (§5.1.1); within a session, what was said before: a key goes on with its stream (§7.1.4). */
export function offeredCryptos(side: SdesSide, before?: MediaSection): NonNullable<Media['crypto']> {
  const known = before?.cryptos ?? []
  const cryptos =
    known.length > 0
      ? known
      : (Object.keys(SUITES) as SuiteName[]).map((suite, place) => ({
          tag: String(place + 1),
          master: makeKey(suite, side.random),
        }))
  return cryptos.map(cryptoAttribute)
}

/** What an answer to our offer settled (§5.1.3): one of our tags with its suite, or nothing where nothing was needed. */
export function readSecrecy(
  offered: MediaSection,
  answered: MediaSection,
  side: SdesSide | undefined,
): SdesSecurity | 'plain' | 'broken' {
  const [theirs, ...more] = answered.cryptos
  // Keys that we can't use are keys all the same: what comes would be noise.
  if (!theirs) {
    const must = isSecureProtocol(answered.protocol) || side?.use === 'required'
    return must || answered.namesKeys ? 'broken' : 'plain'
  }
  const ours = offered.cryptos.find(({ tag }) => tag === theirs.tag)
  if (more.length > 0 || ours?.master.suite !== theirs.master.suite) return 'broken'
  return { kind: 'sdes', send: ours.master, receive: theirs.master }
}

/** §7.1.4: while suite and stream stay, so does our key, and with it the roll-over counter at the other side. */
function knownKey(suite: SuiteName, previous: Buffer | undefined): MasterKey | undefined {
  const description = previous && parseDescription(previous)
  if (typeof description !== 'object') return undefined
  const ours = description.media.flatMap(({ cryptos }) => cryptos)
  return ours.find(({ master }) => master.suite === suite)?.master
}

/** §6.1: from the system's cryptographic source, used for nothing else. */
function makeKey(suite: SuiteName, random: Pick<Random, 'bytes'>): MasterKey {
  const { keyBytes, saltBytes } = SUITES[suite]
  const bytes = Buffer.from(random.bytes(keyBytes + saltBytes))
  return { suite, key: bytes.subarray(0, keyBytes), salt: bytes.subarray(keyBytes) }
}
