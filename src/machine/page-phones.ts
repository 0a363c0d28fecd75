import type { Clock, Timer } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Random } from '../shared/random.ts'
import { hashCredentials } from '../sip/auth/digest.ts'
import type { Store } from '../store/store.ts'
import type { Guest } from './open-phone-book.ts'

/** Whose page it is: the session by the hash under which the store knows it. */
export interface PageSession {
  readonly user: { readonly id: string; readonly name: string }
  readonly hash: string
}

/** With this the page's phone logs in, for a while. */
export interface PageLogin {
  /** Name of the phone: the user part of its address. */
  readonly phone: string
  /** The name and the password in its digest. */
  readonly login: string
  readonly password: string
  readonly realm: string
  /** Wall time in ms since 1970. */
  readonly expiresAt: number
}

/**
 * The phones of pages: one for each user who has a page open, with a login for each page. They are nowhere but in
 * memory, so that no password is written down, and end with the session that they were lent to.
 */
export interface PagePhones {
  /** Undefined: the session has ended. Rejects when the store can't be read. */
  lend(session: PageSession): Promise<PageLogin | undefined>
  close(): void
}

export interface PagePhonesOptions {
  readonly store: Pick<Store, 'sessions' | 'users' | 'onChange'>
  readonly realm: string
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Whether another phone has this name. */
  readonly isTaken: (phone: string) => boolean
  /** Who is there now, and the logins that have ended since. */
  readonly onChange: (guests: readonly Guest[], ended: readonly string[]) => void
}

const LONGEST_MS = 12 * 3600_000
/** Tabs of one browser; past it the oldest login gives way. */
const MOST_OF_SESSION = 8
const MOST = 1000
/** When a session could not be looked up. */
const TRY_AGAIN_MS = 5000

interface Lent extends Guest {
  readonly session: PageSession
  /** Monotonic ms. */
  readonly until: number
}

export function createPagePhones(options: PagePhonesOptions): PagePhones {
  const { store, realm, clock, random, log, isTaken, onChange } = options
  let lent: readonly Lent[] = []
  let timer: Timer | undefined
  let retry: Timer | undefined
  let closed = false

  /** Takes the new state, tells it, and sets the timer for the next login that ends by itself. */
  function hold(next: readonly Lent[]): void {
    if (closed) return
    const ended = lent.filter((login) => !next.includes(login)).map(({ login }) => login)
    lent = next
    onChange(lent, ended)
    timer?.cancel()
    timer = undefined
    if (lent.length === 0) return
    const first = Math.min(...lent.map(({ until }) => until))
    timer = clock.setTimer(first - clock.monotonic(), () => {
      const now = clock.monotonic()
      hold(lent.filter(({ until }) => until > now))
    })
  }

  async function isOver({ user, hash }: PageSession): Promise<boolean> {
    const row = await store.sessions.byHash(hash)
    if (row?.userId !== user.id || row.expiresAt <= clock.now()) return true
    return (await store.users.get(user.id)) === undefined
  }

  /** Ends what was lent to sessions that are over: by logging out, a new password, or with the user. */
  async function lookAgain(): Promise<void> {
    const sessions = new Map(lent.map(({ session }) => [session.hash, session]))
    const over = new Set<string>()
    try {
      for (const [hash, session] of sessions) if (await isOver(session)) over.add(hash)
    } catch (error) {
      log.warn({ err: error }, 'the sessions of pages can not be read; tried again in a moment')
      retry?.cancel()
      if (!closed) retry = clock.setTimer(TRY_AGAIN_MS, () => void lookAgain())
    }
    if (over.size > 0) hold(lent.filter(({ session }) => !over.has(session.hash)))
  }

  const stopFollowing = store.onChange((tables) => {
    if (lent.length > 0 && (tables.size === 0 || tables.has('sessions') || tables.has('users')))
      void lookAgain()
  })

  return {
    async lend(session) {
      const row = await store.sessions.byHash(session.hash)
      const leftMs = Math.min(LONGEST_MS, (row?.expiresAt ?? 0) - clock.now())
      if (leftMs <= 0 || row?.userId !== session.user.id) return undefined
      const name = nameFor(session.user, lent, isTaken)
      const login = `${name}~${random.token(6)}`
      const password = random.bytes(24).toString('base64url')
      const mine = lent.filter(({ session: { hash } }) => hash === session.hash)
      const oldest = mine.length >= MOST_OF_SESSION ? mine[0] : lent.length >= MOST ? lent[0] : undefined
      const guest: Lent = {
        name,
        login,
        credentials: hashCredentials(login, realm, password),
        account: `user:${session.user.name}`,
        session,
        until: clock.monotonic() + leftMs,
      }
      hold([...lent.filter((known) => known !== oldest), guest])
      return { phone: name, login, password, realm, expiresAt: clock.now() + leftMs }
    },
    close() {
      closed = true
      stopFollowing()
      timer?.cancel()
      retry?.cancel()
    },
  }
}

/** `page-ada`: what a SIP address may hold of the user's name, and nobody else's. */
function nameFor(
  user: PageSession['user'],
  lent: readonly Lent[],
  isTaken: (phone: string) => boolean,
): string {
  const known = lent.find(({ session }) => session.user.id === user.id)
  if (known) return known.name
  const others = new Set(lent.map(({ name }) => name))
  let name = `page-${user.name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 48)}`
  while (others.has(name) || isTaken(name)) name += '-'
  return name
}
