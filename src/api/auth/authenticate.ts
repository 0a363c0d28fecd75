import type { FastifyRequest } from 'fastify'
import type { Clock } from '../../shared/clock.ts'
import type { Token, User } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { NoteUse } from './note-use.ts'
import { hashSecret } from './secret.ts'
import { readSessionCookie } from './session-cookie.ts'
import type { Sessions } from './sessions.ts'

/** Who makes a request. */
export type Who =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'session'; readonly user: User; readonly csrfToken: string; readonly secret: string }

/** How precisely a token's last use is kept. */
const TOUCH_EVERY_MS = 60_000

/** Says who makes a request: by its bearer token if it has one, else by its session cookie. */
export async function authenticate(
  request: FastifyRequest,
  options: {
    readonly store: Pick<Store, 'tokens'>
    readonly sessions: Sessions
    readonly noteUse: NoteUse
    readonly clock: Clock
  },
): Promise<Who> {
  const bearer = bearerToken(request)
  if (bearer !== undefined) {
    const token = await options.store.tokens.byHash(hashSecret(bearer))
    if (!token) return { kind: 'nobody' }
    const now = options.clock.now()
    if (now - (token.lastUsedAt ?? 0) > TOUCH_EVERY_MS)
      options.noteUse(token.id, () => options.store.tokens.touch(token.id, now))
    return { kind: 'token', token }
  }
  const secret = readSessionCookie(request)
  const session = secret === undefined ? undefined : await options.sessions.find(secret)
  return secret !== undefined && session ? { kind: 'session', ...session, secret } : { kind: 'nobody' }
}

/** The token of an Authorization header (RFC 6750 §2.1). */
export function bearerToken(request: FastifyRequest): string | undefined {
  return request.headers.authorization?.match(/^Bearer +([\w~+/.-]+=*)$/i)?.[1]
}
