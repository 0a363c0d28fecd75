import type { Clock } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'
import type { User } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { NoteUse } from './note-use.ts'
import { hashSecret, makeSecret } from './secret.ts'

/** A browser that is logged in. */
export interface Session {
  readonly user: User
  /** What unsafe requests must carry in X-CSRF-Token. */
  readonly csrfToken: string
}

/** Sessions by the secret in the cookie; the store knows only its hash. */
export interface Sessions {
  open(user: User): Promise<{ readonly secret: string; readonly session: Session }>
  /** The session of a secret, unless it has expired; using it moves its idle expiry. */
  find(secret: string): Promise<Session | undefined>
  close(secret: string): Promise<void>
}

const HOUR_MS = 3600_000
/** Without a request for this long, the session ends. */
export const IDLE_MS = 14 * 24 * HOUR_MS
/** At the latest, it ends this long after the login. */
export const ABSOLUTE_MS = 90 * 24 * HOUR_MS

export function createSessions(options: {
  readonly store: Pick<Store, 'sessions' | 'users'>
  readonly noteUse: NoteUse
  readonly clock: Clock
  readonly random: Random
}): Sessions {
  const { store, noteUse, clock, random } = options

  return {
    async open(user) {
      const now = clock.now()
      const secret = makeSecret(random)
      await store.sessions.removeExpired(now)
      await store.sessions.add({
        hash: hashSecret(secret),
        userId: user.id,
        createdAt: now,
        expiresAt: now + IDLE_MS,
      })
      return { secret, session: { user, csrfToken: csrfTokenOf(secret) } }
    },
    async find(secret) {
      const now = clock.now()
      const hash = hashSecret(secret)
      const row = await store.sessions.byHash(hash)
      if (!row || row.expiresAt <= now) return undefined
      const user = await store.users.get(row.userId)
      if (!user) return undefined
      const expiresAt = Math.min(now + IDLE_MS, row.createdAt + ABSOLUTE_MS)
      // A write per hour of use, not one per request.
      if (expiresAt - row.expiresAt > HOUR_MS) noteUse(hash, () => store.sessions.extend(hash, expiresAt))
      return { user, csrfToken: csrfTokenOf(secret) }
    },
    close: (secret) => store.sessions.remove(hashSecret(secret)),
  }
}

/** Made from the cookie's secret, which no script can read: nothing more to keep, and it ends with the session. */
function csrfTokenOf(secret: string): string {
  return hashSecret(`csrf ${secret}`)
}
