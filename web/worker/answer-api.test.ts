import { expect, it } from 'vitest'
import { createApiAnswers } from './answer-api.ts'
import type { Keepable } from './keepable.ts'
import type { Kept } from './kept.ts'

const LIST: Keepable = { kind: 'list', key: '/api/v1/messages' }
const SOUND: Keepable = { kind: 'sound', key: '/api/v1/messages/m1/audio' }

/** A house whose machine answers as the test says, with something kept. */
function house(machine: (asked: string) => Promise<Response>) {
  const acts: string[] = []
  const kept: Kept = {
    turn: 7,
    keep: async (turn, { key }, answer) => void acts.push(`keep ${turn} ${key} ${answer.status}`),
    find: async ({ kind }) => (stored.has(kind) ? new Response('old') : undefined),
    forget: async () => void acts.push('forget'),
  }
  const stored = new Set<Keepable['kind']>(['list', 'sound'])
  const patience = Promise.withResolvers<void>()
  const asked = (from: RequestInfo | URL) =>
    typeof from === 'string' ? from : new URL((from as Request).url).pathname
  const answers = createApiAnswers({
    kept,
    fetch: async (from) => machine(asked(from)),
    wait: () => patience.promise,
  })
  const get = async (item: Keepable, { destination = '', range = '' } = {}) => {
    const headers = range === '' ? undefined : { range }
    const request = new Request(`https://house.example${item.key}`, headers && { headers })
    Object.defineProperty(request, 'destination', { value: destination })
    const later: Promise<unknown>[] = []
    const answer = await answers.answer(request, item, (act) => void later.push(act))
    await Promise.all(later)
    return answer
  }
  return { acts, stored, patience, get }
}

it('gives the machine’s answer, and keeps it', async () => {
  const { get, acts } = house(async () => new Response('new'))
  expect(await (await get(LIST)).text()).toBe('new')
  expect(acts).toEqual(['keep 7 /api/v1/messages 200'])
})

it.each([
  ['no answer', () => Promise.reject(new TypeError('offline'))],
  ['a proxy’s excuse', async () => new Response('bad gateway', { status: 502 })],
])('gives what was kept where there is %s', async (_, machine) => {
  const { get, stored, acts } = house(machine)
  expect(await (await get(LIST)).text()).toBe('old')
  stored.clear()
  expect((await get(LIST)).type).toBe('error')
  expect(acts).toEqual([])
})

it('has patience with a slow machine only for who has seen nothing yet', async () => {
  const slow = Promise.withResolvers<Response>()
  const { get, stored, patience } = house(() => slow.promise)
  const answered = get(LIST)
  patience.resolve()
  expect(await (await answered).text()).toBe('old')
  stored.clear()
  const waited = get(LIST)
  slow.resolve(new Response('new'))
  expect(await (await waited).text()).toBe('new')
})

it('forgets everything when the login has ended, and says so', async () => {
  for (const item of [LIST, SOUND]) {
    const { get, acts } = house(async () => new Response('', { status: 401 }))
    expect((await get(item)).status).toBe(401)
    expect(acts).toEqual(['forget'])
  }
})

it('keeps a recording whole when a player plays a part of it, and not for who only looks', async () => {
  const asked: string[] = []
  const { get, acts, stored } = house(async (path) => {
    asked.push(path)
    return new Response('part', { status: asked.length === 1 ? 206 : 200 })
  })
  stored.clear()
  expect((await get(SOUND, { destination: 'audio', range: 'bytes=0-' })).status).toBe(206)
  expect(acts).toEqual([`keep 7 ${SOUND.key} 200`])
  await get(SOUND)
  expect(acts).toHaveLength(1)
})

it('plays a part of what was kept', async () => {
  const { get } = house(() => Promise.reject(new TypeError('offline')))
  const part = await get(SOUND, { destination: 'audio', range: 'bytes=1-' })
  expect([part.status, await part.text()]).toEqual([206, 'ld'])
})
