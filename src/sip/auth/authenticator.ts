import { createHash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'
import { parseSipUri } from '../message/uri.ts'
import type { ReceivedRequest } from '../transaction/layer.ts'
import {
  algorithmOf,
  type Credentials,
  DIGEST_ALGORITHMS,
  type DigestAlgorithm,
  digestResponse,
  hashCredentials,
} from './digest.ts'
import { digestsIn, formatDigest } from './digest-header.ts'
import { createNonces } from './nonces.ts'
import { createOffers } from './offers.ts'

export interface AuthenticatorOptions {
  readonly realm: string
  readonly clock: Clock
  readonly random: Random
  /** Must take as long for a user whom it does not know: a look into a map. */
  credentialsOf(user: string): Credentials | undefined
  /** What is offered, best first; SHA-256 and MD5 unless given. */
  readonly algorithms?: readonly DigestAlgorithm[]
  /** How many used nonces are remembered; 10,000 unless given. */
  readonly mostUsed?: number
}

/** What a request proves of its sender. */
export type Verdict =
  /** No Authorization for our realm that can be read. */
  | { readonly kind: 'none' }
  /** The nonce is ours, the password right, but it is too old, or its count was used: he may try again (`stale`). */
  | { readonly kind: 'stale'; readonly user: string }
  /**
   * The nonce is not of our making, or was made for another address: from before a restart, or made up. It is not
   * looked at whether the password would be right, so this tells nothing about anybody and can bring nobody into
   * discredit. Challenge with `stale`, right or wrong alike: a phone then tries again without asking its user.
   */
  | { readonly kind: 'foreign' }
  /** The nonce is ours and was sent to this very address, the response is wrong. The user may not exist. */
  | { readonly kind: 'wrong'; readonly user: string }
  | { readonly kind: 'right'; readonly user: string }

/** The server's side of Digest (RFC 3261 §22.2, RFC 7616, RFC 8760). */
export interface Authenticator {
  /** Judges the Authorization of a request. The same work is done whether the user exists or not. */
  judge(request: ReceivedRequest): Verdict
  /**
   * Headers of a 401 to this request, which has been judged: a WWW-Authenticate for each algorithm, the best first
   * (RFC 8760 §2.3), or for MD5 alone to a phone that can't read more than one (`offers.ts`).
   */
  challenge(request: ReceivedRequest, stale: boolean): readonly (readonly [name: string, value: string])[]
}

export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { realm, random, credentialsOf, algorithms = DIGEST_ALGORITHMS } = options
  const nonces = createNonces(options)
  const offers = createOffers(options.clock, algorithms)
  // Only the first for our realm: a request is worth one guess.
  const credentialsIn = ({ headers }: ReceivedRequest) =>
    digestsIn(headers.all('Authorization')).find((candidate) => candidate.get('realm') === realm)
  /** Whoever does not exist has a password that nobody knows. */
  const nobody = hashCredentials('', realm, random.token(16))

  return {
    judge(request) {
      const params = credentialsIn(request)
      if (!params) return { kind: 'none' }
      const nonce = nonces.recognise(params.get('nonce') ?? '', request.source.address)
      if (!nonce) return { kind: 'foreign' }
      offers.answered(request)

      const user = params.get('username') ?? ''
      const known = credentialsOf(user)
      const expected = expectedResponse(params, request, known ?? nobody, algorithms)
      const equal = sameText(expected ?? '', params.get('response')?.toLowerCase() ?? '')
      if (!known || expected === undefined || !equal) return { kind: 'wrong', user }
      const fresh = nonces.use(nonce, Number.parseInt(params.get('nc') ?? '', 16))
      return { kind: fresh ? 'right' : 'stale', user }
    },

    challenge(request, stale) {
      const credentials = credentialsIn(request)
      const answeredBy = credentials && algorithmOf(credentials.get('algorithm'))
      return offers
        .for(request, answeredBy)
        .map((algorithm) => [
          'WWW-Authenticate',
          formatDigest([
            ['realm', realm, 'quoted'],
            ['nonce', nonces.make(request.source.address), 'quoted'],
            ['algorithm', algorithm, 'bare'],
            ['qop', 'auth', 'quoted'],
            ...(stale ? [['stale', 'true', 'bare'] as const] : []),
          ]),
        ])
    },
  }
}

/**
 * The response that the right password would make; undefined where the header is not as our challenge wanted it. One
 * without `qop`, after RFC 2069, is not taken: it has no count, and could be sent again.
 */
function expectedResponse(
  params: ReadonlyMap<string, string>,
  { method, uri }: ReceivedRequest,
  credentials: Credentials,
  offered: readonly DigestAlgorithm[],
): string | undefined {
  const algorithm = algorithmOf(params.get('algorithm'))
  const nc = params.get('nc') ?? ''
  const asked = params.get('uri') ?? ''
  const wellFormed =
    params.get('qop')?.toLowerCase() === 'auth' && /^[0-9a-f]{1,8}$/i.test(nc) && namesSame(asked, uri)
  if (!algorithm || !offered.includes(algorithm) || !wellFormed) return undefined
  return digestResponse({
    algorithm,
    credential: credentials[algorithm],
    nonce: params.get('nonce') ?? '',
    method,
    uri: asked,
    protection: { qop: 'auth', nc, cnonce: params.get('cnonce') ?? '' },
  })
}

/**
 * Whether the `uri` that was signed is the Request-URI (RFC 7616 §3.4.6), so that a request can't be turned to somebody
 * else on its way. Proxies rewrite hosts and phones differ in ports and parameters; whom it is for is the user part.
 */
function namesSame(signed: string, requested: string): boolean {
  if (signed === requested) return true
  const one = parseSipUri(signed)
  const other = parseSipUri(requested)
  return one !== undefined && other !== undefined && one.user === other.user
}

/** Compares in a time that tells nothing of where they differ, nor of their lengths. */
function sameText(one: string, other: string): boolean {
  const digestOf = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digestOf(one), digestOf(other))
}
