import { createHash } from 'node:crypto'
import type { DigestAlgorithm } from '../../shared/credentials.ts'

export { type Credentials, type DigestAlgorithm, hashCredentials } from '../../shared/credentials.ts'

/** The hash algorithms of Digest that we speak, the stronger first (RFC 7616 §6.1, RFC 8760 §2.1). */
export const DIGEST_ALGORITHMS: readonly DigestAlgorithm[] = ['SHA-256', 'MD5']

/** The hash in lower-case hexadecimal; text counts as UTF-8. */
export function hash(algorithm: DigestAlgorithm, text: string | Buffer): string {
  return createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex')
}

/** How a response is protected; undefined is the way of RFC 2069, which knew neither `cnonce` nor `nc`. */
export type Protection =
  | { readonly qop: 'auth'; readonly nc: string; readonly cnonce: string }
  | { readonly qop: 'auth-int'; readonly nc: string; readonly cnonce: string; readonly body: Buffer }

export interface DigestParts {
  readonly algorithm: DigestAlgorithm
  /** H(A1) by that algorithm. */
  readonly credential: string
  readonly nonce: string
  readonly method: string
  /** The `uri` parameter as it stands in the header. */
  readonly uri: string
  readonly protection: Protection | undefined
}

/** The response of Digest in lower-case hexadecimal (RFC 7616 §3.4.1, RFC 3261 §22.4). */
export function digestResponse(parts: DigestParts): string {
  const { algorithm, credential, nonce, method, uri, protection } = parts
  const a2 =
    protection?.qop === 'auth-int'
      ? `${method}:${uri}:${hash(algorithm, protection.body)}`
      : `${method}:${uri}`
  const middle = protection ? `${nonce}:${protection.nc}:${protection.cnonce}:${protection.qop}` : nonce
  return hash(algorithm, `${credential}:${middle}:${hash(algorithm, a2)}`)
}

/** Reads the `algorithm` parameter; MD5 where it is missing (RFC 7616 §3.3), undefined for those that we don't speak. */
export function algorithmOf(param: string | undefined): DigestAlgorithm | undefined {
  if (param === undefined) return 'MD5'
  return DIGEST_ALGORITHMS.find((algorithm) => algorithm === param.toUpperCase())
}
