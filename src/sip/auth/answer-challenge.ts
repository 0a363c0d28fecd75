import {
  algorithmOf,
  type DigestAlgorithm,
  digestResponse,
  hashCredentials,
  type Protection,
} from './digest.ts'
import { digestsIn, formatDigest } from './digest-header.ts'

export interface ChallengeAnswer {
  /** The values of all WWW-Authenticate (or Proxy-Authenticate) headers of the 401 (407), in their order. */
  readonly challenges: readonly string[]
  readonly method: string
  /** The Request-URI of the request that is sent again. */
  readonly uri: string
  readonly user: string
  readonly password: string
  /** Chosen anew for each answer; it must not be foretold. */
  readonly cnonce: string
  /** How often the nonce of the challenge has been used, this time included: 1 after a 401. */
  readonly nonceCount: number
  /** For a server that wants the body protected too (`auth-int`). */
  readonly body?: Buffer
}

interface Challenge {
  readonly algorithm: DigestAlgorithm
  readonly qop: 'auth' | 'auth-int' | undefined
  readonly params: ReadonlyMap<string, string>
}

/**
 * The client's side of Digest: the value of the Authorization (Proxy-Authorization) header that answers the first of the
 * challenges that we can answer; their order is the server's preference (RFC 8760 §2.4). Undefined when there is none.
 */
export function answerChallenge(answer: ChallengeAnswer): string | undefined {
  const { challenges, method, uri, user, password, cnonce, nonceCount } = answer
  const chosen = digestsIn(challenges)
    .map(readChallenge)
    .find((challenge) => challenge !== undefined)
  if (!chosen) return undefined
  const { algorithm, qop, params } = chosen
  const realm = params.get('realm') ?? ''
  const nonce = params.get('nonce') ?? ''
  const opaque = params.get('opaque')
  const nc = nonceCount.toString(16).padStart(8, '0')
  const response = digestResponse({
    algorithm,
    credential: hashCredentials(user, realm, password)[algorithm],
    nonce,
    method,
    uri,
    protection: protect(qop, nc, cnonce, answer.body),
  })
  return formatDigest([
    ['username', user, 'quoted'],
    ['realm', realm, 'quoted'],
    ['nonce', nonce, 'quoted'],
    ['uri', uri, 'quoted'],
    ['response', response, 'quoted'],
    // RFC 7616 §3.4: the algorithm is that of the challenge, and left away where it was.
    ...(params.has('algorithm') ? [['algorithm', algorithm, 'bare'] as const] : []),
    ...(opaque === undefined ? [] : [['opaque', opaque, 'quoted'] as const]),
    ...(qop === undefined
      ? []
      : [['qop', qop, 'bare'] as const, ['nc', nc, 'bare'] as const, ['cnonce', cnonce, 'quoted'] as const]),
  ])
}

/** A challenge that we can answer. */
function readChallenge(params: ReadonlyMap<string, string>): Challenge | undefined {
  const algorithm = algorithmOf(params.get('algorithm'))
  const offered = params.get('qop')
  const qops = offered?.split(',').map((qop) => qop.trim().toLowerCase()) ?? []
  const qop = (['auth', 'auth-int'] as const).find((known) => qops.includes(known))
  if (!algorithm || !params.has('realm') || !params.has('nonce')) return undefined
  // RFC 3261 §22.4 (8): with `qop` where it is offered; without it as RFC 2069 did.
  return qop === undefined && offered !== undefined ? undefined : { algorithm, qop, params }
}

function protect(
  qop: Challenge['qop'],
  nc: string,
  cnonce: string,
  body: Buffer = Buffer.alloc(0),
): Protection | undefined {
  if (qop === undefined) return undefined
  return qop === 'auth' ? { qop, nc, cnonce } : { qop, nc, cnonce, body }
}
