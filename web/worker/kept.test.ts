import { expect, it } from 'vitest'
import { KEPT_AT } from '../src/offline/kept-names.ts'
import { keepable } from './keepable.ts'
import { type Kept, LONGEST_MS, openKept } from './kept.ts'

const ORIGIN = 'https://house.example'

/** Cache Storage in memory, as far as it is used. */
function memoryCaches() {
  const stored = new Map<string, Map<string, Response>>()
  const cacheOf = (name: string) => {
    const entries = stored.get(name) ?? new Map<string, Response>()
    stored.set(name, entries)
    return {
      match: async (url: string) => entries.get(url)?.clone(),
      put: async (url: string, answer: Response) => void entries.set(url, answer),
      delete: async (url: string) => entries.delete(url),
      keys: async () => [...entries.keys()].map((url) => ({ url })),
    }
  }
  const caches = {
    open: async (name: string) => cacheOf(name),
    delete: async (name: string) => stored.delete(name),
  }
  return caches as unknown as CacheStorage
}

function house() {
  const time = { now: Date.UTC(2026, 10, 26) }
  const kept = openKept({
    caches: memoryCaches(),
    origin: ORIGIN,
    now: () => time.now,
    limits: { sounds: 100, sound: 30 },
  })
  return { time, kept, ...shortcuts(kept) }
}

function shortcuts(kept: Kept) {
  const item = (path: string) => keepable(new URL(`/api/v1/${path}`, ORIGIN)) ?? expect.fail(path)
  return {
    keep: (path: string, answer: unknown, turn = kept.turn) =>
      kept.keep(turn, item(path), answer instanceof Response ? answer : Response.json(answer)),
    find: async (path: string) => (await kept.find(item(path)))?.text(),
    found: (path: string) => kept.find(item(path)),
  }
}

const session = (id: string | null) => ({ user: id === null ? null : { id, name: id }, csrfToken: 'secret' })
const messages = (...ids: string[]) => ({
  messages: ids.map((id) => ({ id })),
  total: ids.length,
  nextCursor: null,
})
const sound = (bytes: number) =>
  new Response(new Uint8Array(bytes), { headers: { 'content-type': 'audio/wav' } })

it('gives back what was seen, and says when that was', async () => {
  const { keep, found } = house()
  await keep('session', session('ada'))
  await keep('messages?state=new&limit=50', messages('m1'))
  const answer = await found('messages?limit=100&state=new')
  expect(answer?.headers.get(KEPT_AT)).toBe('2026-11-26T00:00:00.000Z')
  expect(await answer?.json()).toEqual(messages('m1'))
  expect(await (await found('session'))?.json()).toMatchObject({ user: { id: 'ada' }, csrfToken: null })
})

it('keeps nothing before it knows whose it is', async () => {
  const { keep, find } = house()
  await keep('messages', messages('m1'))
  expect(await find('messages')).toBeUndefined()
})

it.each([
  ['another user', 'grace'],
  ['nobody', null],
])('forgets everything when the session is that of %s', async (_, next) => {
  const { keep, find } = house()
  await keep('session', session('ada'))
  await keep('messages', messages('m1'))
  await keep('messages/m1/audio', sound(4))
  await keep('session', session(next))
  expect(await find('messages')).toBeUndefined()
  expect(await find('messages/m1/audio')).toBeUndefined()
  expect((await find('session')) === undefined).toBe(next === null)
})

it('keeps no answer that was asked for before somebody was forgotten', async () => {
  const { kept, keep, find } = house()
  await keep('session', session('ada'))
  const { turn } = kept
  const late = keep('messages', messages('m1'), turn)
  const forgotten = kept.forget()
  const later = keep('messages', messages('m1'), turn)
  const session2 = keep('session', session('ada'), turn)
  await Promise.all([late, forgotten, later, session2])
  expect(await find('messages')).toBeUndefined()
  expect(await find('session')).toBeUndefined()
})

it('keeps the sound of messages for as long as they are in a list', async () => {
  const { keep, find } = house()
  await keep('session', session('ada'))
  await keep('messages?state=new,heard', messages('m1', 'm2'))
  await keep('messages/m1/audio', sound(4))
  await keep('messages/m3/audio', sound(4))
  expect(await find('messages/m1/audio')).toBeDefined()
  expect(await find('messages/m3/audio')).toBeUndefined()
  await keep('messages?state=trash', messages('m1'))
  await keep('messages?state=new,heard', messages('m2'))
  expect(await find('messages/m1/audio'), 'it is in the trash').toBeDefined()
  await keep('messages?state=trash', messages())
  expect(await find('messages/m1/audio')).toBeUndefined()
})

it('is bounded: the oldest recordings go, and a very long one is not kept', async () => {
  const { keep, find, time } = house()
  const ids = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6']
  await keep('session', session('ada'))
  await keep('messages', messages(...ids))
  await keep('messages/m6/audio', sound(31))
  expect(await find('messages/m6/audio')).toBeUndefined()
  for (const id of ids.slice(0, 5)) {
    time.now += 1000
    await keep(`messages/${id}/audio`, sound(25))
  }
  expect(await find('messages/m1/audio')).toBeUndefined()
  expect(await find('messages/m2/audio')).toBeDefined()
  expect(await find('messages/m5/audio')).toBeDefined()
})

it('shows nothing that is older than a login can be', async () => {
  const { keep, find, time } = house()
  await keep('session', session('ada'))
  await keep('messages', messages('m1'))
  time.now += LONGEST_MS
  expect(await find('session')).toBeUndefined()
  expect(await find('messages')).toBeUndefined()
})
