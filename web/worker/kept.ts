import { KEPT_AT, KEPT_CACHE } from '../src/offline/kept-names.ts'
import { type Keepable, keepable, messageOfSound, worthKeeping } from './keepable.ts'

/** What the owner last saw and heard, for when the machine is out of reach: of one user, bounded in size and age. */
export interface Kept {
  /** Counts who was forgotten: what was asked for before is not kept after. */
  readonly turn: number
  /** Keeps an answer of the machine, if nobody was forgotten since this turn. It never rejects. */
  keep(turn: number, item: Keepable, answer: Response): Promise<void>
  find(item: Keepable): Promise<Response | undefined>
  /** Nothing of whoever was logged in is left. */
  forget(): Promise<void>
}

export interface KeptOptions {
  readonly caches: Pick<CacheStorage, 'open' | 'delete'>
  readonly origin: string
  readonly now: () => number
  /** What else ends with the login. */
  readonly onForgotten?: () => Promise<void>
  /** Of all recordings together, and of the longest of them, in bytes. */
  readonly limits?: { readonly sounds: number; readonly sound: number }
}

const DAY_MS = 86_400_000
/** A login that is not used ends after as long (src/api/auth/sessions.ts): what is older may be nobody's. */
export const LONGEST_MS = 14 * DAY_MS
/** An hour and a half of messages, as WAV of 8 kHz; one that is longer than a quarter of it would push all others out. */
const LIMITS = { sounds: 96 << 20, sound: 24 << 20 }
const MOST_LISTS = 20
const SIZE = 'x-kept-size'

const SESSION: Keepable = { kind: 'session', key: '/api/v1/session' }

export function openKept({ caches, origin, now, onForgotten, limits = LIMITS }: KeptOptions): Kept {
  let turn = 0
  /** One act after the other, so that nothing is kept in the middle of forgetting. */
  let acts: Promise<unknown> = Promise.resolve()
  const next = <Result>(act: () => Promise<Result>): Promise<Result> => {
    const done = acts.then(act)
    acts = done.catch(() => {})
    return done
  }
  const addressOf = ({ key }: Keepable) => new URL(key, origin).href
  const open = () => caches.open(KEPT_CACHE)

  async function userOf(answer: Response | undefined): Promise<string | null> {
    const json = (await answer?.clone().json()) as { user?: { id?: string } | null } | undefined
    return json?.user?.id ?? null
  }

  async function take(item: Keepable, answer: Response): Promise<void> {
    const user = await userOf(await (await open()).match(addressOf(SESSION)))
    if (item.kind === 'session') {
      const next = await userOf(answer)
      if (next !== user) await caches.delete(KEPT_CACHE)
      if (next !== user && user !== null) await onForgotten?.()
      if (next === null) return
      // Without knowing whose it is, nothing is kept.
    } else if (user === null) return
    const body =
      item.kind === 'sound' ? await answer.blob() : JSON.stringify(worthKeeping(await answer.json()))
    const size = typeof body === 'string' ? body.length : body.size
    if (item.kind === 'sound' && size > limits.sound) return
    const headers = {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      [KEPT_AT]: new Date(now()).toISOString(),
      [SIZE]: String(size),
    }
    const cache = await open()
    await cache.put(addressOf(item), new Response(body, { headers }))
    await tidy(cache)
  }

  return {
    get turn() {
      return turn
    },
    keep: (since, item, answer) =>
      next(async () => {
        if (since === turn) await take(item, answer)
        // A full disk, or a browser that keeps nothing: then there is nothing offline.
      }).catch(() => {}),
    async find(item) {
      const found = await (await open()).match(addressOf(item))
      return found && now() - keptAt(found) < LONGEST_MS ? found : undefined
    },
    forget() {
      turn += 1
      return next(async () => {
        await caches.delete(KEPT_CACHE)
        await onForgotten?.()
      })
    },
  }

  /** Old things go; recordings of messages that are in no list that is kept; and the oldest of what is too much. */
  async function tidy(cache: Cache): Promise<void> {
    const listed = new Set<string>()
    const lists: Entry[] = []
    const sounds: Entry[] = []
    for (const { url } of await cache.keys()) {
      const answer = await cache.match(url)
      const item = keepable(new URL(url))
      if (!answer || !item || now() - keptAt(answer) >= LONGEST_MS) await cache.delete(url)
      else if (item.kind === 'list') {
        lists.push({ url, at: keptAt(answer), size: 1 })
        for (const id of messagesIn(await answer.json())) listed.add(id)
      } else if (item.kind === 'sound')
        sounds.push({ url, at: keptAt(answer), size: Number(answer.headers.get(SIZE)) })
    }
    const unlisted = sounds.filter(({ url }) => !listed.has(messageOfSound(new URL(url).pathname) ?? ''))
    const left = sounds.filter((sound) => !unlisted.includes(sound))
    for (const { url } of [...unlisted, ...tooMuch(left, limits.sounds), ...tooMuch(lists, MOST_LISTS)])
      await cache.delete(url)
  }
}

interface Entry {
  readonly url: string
  readonly at: number
  readonly size: number
}

/** The oldest entries, without which the rest is at most this large. */
function tooMuch(entries: readonly Entry[], most: number): readonly Entry[] {
  let left = most
  return [...entries]
    .sort((one, other) => other.at - one.at)
    .filter(({ size }) => {
      left -= size
      return left < 0
    })
}

const keptAt = (answer: Response) => Date.parse(answer.headers.get(KEPT_AT) ?? '')

function messagesIn(json: unknown): readonly string[] {
  const { messages = [] } = (json ?? {}) as { readonly messages?: readonly { readonly id: string }[] }
  return messages.map(({ id }) => id)
}
