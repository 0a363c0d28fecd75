/** The crypto suites that we speak (RFC 4568 §6.2, RFC 7714 §14.2), as SDP names them, in the order in which we offer them. */
export const SUITES = {
  // Everybody speaks it, and it costs us the least.
  AES_CM_128_HMAC_SHA1_80: { keyBytes: 16, saltBytes: 14 },
  AEAD_AES_256_GCM: { keyBytes: 32, saltBytes: 12 },
  AEAD_AES_128_GCM: { keyBytes: 16, saltBytes: 12 },
  AES_CM_128_HMAC_SHA1_32: { keyBytes: 16, saltBytes: 14 },
} as const

export type SuiteName = keyof typeof SUITES

/** What packets of one direction are secured with. */
export interface MasterKey {
  readonly suite: SuiteName
  readonly key: Uint8Array
  readonly salt: Uint8Array
  /** The master key identifier that each packet bears (RFC 3711 §3.1, §8.1); absent: none. */
  readonly mki?: Uint8Array
}

/** One `a=crypto` that we can use (RFC 4568 §9.1): the writer sends with this key. */
export interface Crypto {
  readonly tag: string
  readonly master: MasterKey
}

/** More than anybody offers. */
const MAX_LINES = 16

const LINE = /^a=crypto:(\d{1,9})\s+(\w{1,64})\s+(\S{1,512})((?:\s+\S{1,64}){0,16})\s*$/

/** §6.1: `inline:` key and salt, perhaps a lifetime, perhaps the identifier and its length. */
const INLINE = /^inline:([A-Za-z0-9+/]{1,128}={0,2})(?:\|(2\^\d{1,2}|\d{1,15}))?(?:\|(\d{1,39}):(\d{1,3}))?$/i

/**
 * The usable ones of a section's lines, in their order. What we do not know, or could not keep to, is left out: suites,
 * several keys for one stream, sound that is not encrypted. Of two with one tag the first counts (§4.1: tags are unique).
 */
export function readCryptos(lines: readonly string[]): readonly Crypto[] {
  const byTag = new Map<string, Crypto | undefined>()
  for (const line of lines.slice(0, MAX_LINES)) {
    const [, digits = '', suite = '', keys = '', parameters = ''] = LINE.exec(line) ?? []
    const tag = digits.replace(/^0+(?=\d)/, '')
    if (tag === '' || byTag.has(tag)) continue
    const master = acceptable(parameters) ? readKey(suite, keys) : undefined
    byTag.set(tag, master && { tag, master })
  }
  return [...byTag.values()].filter((crypto) => crypto !== undefined)
}

/**
 * §6.3: a parameter that is not understood makes the line unusable, unless it begins with a hyphen. A window size is a
 * hint (§6.3.6), and keys derived once (KDR=0) are what we do. The UN… ones would leave sound readable, or forgeable.
 */
function acceptable(parameters: string): boolean {
  return parameters
    .split(/\s+/)
    .every((each) => each === '' || each.startsWith('-') || /^(?:WSH=\d{1,9}|KDR=0)$/i.test(each))
}

function readKey(name: string, keys: string): MasterKey | undefined {
  const suite = (Object.keys(SUITES) as SuiteName[]).find((known) => known === name.toUpperCase())
  const [, secret = '', lifetime, identifier, identifierBytes] = INLINE.exec(keys) ?? []
  if (!suite || secret === '' || !isLifetime(lifetime)) return undefined
  const { keyBytes, saltBytes } = SUITES[suite]
  const bytes = Buffer.from(secret, 'base64')
  if (bytes.length !== keyBytes + saltBytes) return undefined
  const mki = identifier === undefined ? undefined : readIdentifier(identifier, Number(identifierBytes))
  if (mki === null) return undefined
  return { suite, key: bytes.subarray(0, keyBytes), salt: bytes.subarray(keyBytes), ...(mki && { mki }) }
}

/** §6.1: at most 2^48 packets. We do not count: the shortest that is met, 2^20, is a call of six hours. */
function isLifetime(lifetime = '2^48'): boolean {
  const [, exponent] = /^2\^(\d+)$/.exec(lifetime) ?? []
  return exponent === undefined ? Number(lifetime) > 0 : Number(exponent) <= 48
}

/** §6.1: a number, and in how many bytes packets bear it; null where it does not fit. */
function readIdentifier(number: string, byteCount: number): Uint8Array | null {
  if (byteCount < 1 || byteCount > 128) return null
  const digits = BigInt(number).toString(16)
  if (digits.length > 2 * byteCount) return null
  return Buffer.from(digits.padStart(2 * byteCount, '0'), 'hex')
}

/** As the library writes it behind `a=crypto:`. */
export function cryptoAttribute({ tag, master: { suite, key, salt } }: Crypto) {
  return { id: tag, suite, config: `inline:${Buffer.concat([key, salt]).toString('base64')}` }
}
