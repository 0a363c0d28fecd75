import { createHash } from 'node:crypto'

export interface DigestAnswer {
  /** Values of WWW-Authenticate, in order. */
  readonly challenges: readonly string[]
  readonly method: string
  readonly uri: string
  readonly user: string
  readonly password: string
  readonly cnonce: string
  /** How often this nonce has been used, this time included. */
  readonly nonceCount?: number
  /** The algorithm to take where several are offered; the first that is known, unless given. */
  readonly algorithm?: 'MD5' | 'SHA-256'
}

/**
 * Answers a digest challenge as a phone does (RFC 7616, RFC 8760 §2.4): the value of Authorization. Written apart from
 * `src/sip/auth`, so that the two check one another.
 */
export function answerDigest(options: DigestAnswer): string | undefined {
  const { challenges, method, uri, user, password, cnonce, nonceCount = 1 } = options
  for (const challenge of challenges) {
    const algorithm = param(challenge, 'algorithm') ?? 'MD5'
    if (algorithm !== 'MD5' && algorithm !== 'SHA-256') continue
    if (options.algorithm !== undefined && options.algorithm !== algorithm) continue
    const hash = (text: string) =>
      createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
        .update(text)
        .digest('hex')
    const realm = param(challenge, 'realm') ?? ''
    const nonce = param(challenge, 'nonce') ?? ''
    const opaque = param(challenge, 'opaque')
    const nc = nonceCount.toString(16).padStart(8, '0')
    const a1 = hash(`${user}:${realm}:${password}`)
    const response = hash(`${a1}:${nonce}:${nc}:${cnonce}:auth:${hash(`${method}:${uri}`)}`)
    return (
      `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", ` +
      `algorithm=${algorithm}, qop=auth, cnonce="${cnonce}", nc=${nc}${opaque ? `, opaque="${opaque}"` : ''}`
    )
  }
  return undefined
}

function param(challenge: string, name: string): string | undefined {
  const [, quoted, bare] =
    new RegExp(`[\\s,]${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,]+))`, 'i').exec(challenge) ?? []
  return quoted ?? bare
}
