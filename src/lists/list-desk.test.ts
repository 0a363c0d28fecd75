import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../test/helpers/fake-clock.ts'
import { type ScriptedLists, scriptedLists } from '../../test/helpers/scripted-lists.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import type { ListSettings } from '../store/model.ts'
import { IN_MEMORY, openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import type { Store } from '../store/store.ts'
import type { Fetched } from './fetch-document.ts'
import { keepLists } from './keep-lists.ts'
import { hasNumber } from './number-set.ts'
import { unpackNumbers } from './pack-numbers.ts'

const HOUR = 3_600_000
let clock: FakeClock
let store: Store
let desk: ScriptedLists

beforeEach(async () => {
  clock = fakeClock()
  const random = seededRandom(1)
  store = await openSqliteStore({ file: IN_MEMORY, clock, makeId: idMaker(clock, random), log: silentLog })
  desk = scriptedLists({ store, clock, random })
})
afterEach(() => store.close())

const add = (change: Partial<ListSettings> = {}) =>
  store.numberLists.add({
    ...{ name: 'spam', kind: 'url', url: 'https://lists.example/a', token: null, country: null },
    ...{ minVotes: 10, everyHours: 24, createdAt: clock.now(), nextAt: clock.now() },
    ...change,
  })
const has = async (id: string, e164: string) =>
  hasNumber(unpackNumbers((await store.numberLists.numbers(id)) ?? new Uint8Array()), e164, e164)
const gone = () => {
  throw new AnswerphoneError('AP_LIST_UNREACHABLE', { why: 'connect ECONNREFUSED' })
}

describe('reading a list', () => {
  it('keeps its numbers, and says when it is read next: in about a day', async () => {
    const { id } = await add()
    const list = await desk.refresh('spam')
    expect(list).toMatchObject({ count: 2, skipped: 0, revision: 1, failures: 0, problem: null })
    expect(await store.numberLists.get(id)).toEqual(list)
    expect(await has(id, '+49301234567')).toBe(true)
    const hours = (Number(list.nextAt) - clock.now()) / HOUR
    expect(hours).toBeGreaterThanOrEqual(23)
    expect(hours).toBeLessThanOrEqual(25)
  })

  it.each<[string, () => Partial<Fetched>, string]>([
    ['the server is gone', gone, 'AP_LIST_UNREACHABLE'],
    ['a login page comes', () => ({ text: '<html><form>' }), 'AP_LIST_NO_NUMBERS'],
    ['it has shrunk to nothing', () => ({ text: '\n' }), 'AP_LIST_NO_NUMBERS'],
  ])('keeps the last good numbers when %s, and says why', async (_what, wrong, code) => {
    const { id } = await add()
    const good = await desk.refresh(id)
    desk.answer = wrong
    clock.advance(HOUR)
    const list = await desk.refresh(id)
    expect(list).toMatchObject({ count: 2, revision: 1, readAt: good.readAt, failures: 1, problem: { code } })
    expect(await has(id, '+49301234567')).toBe(true)
    desk.answer = () => ({ status: 304 })
    expect(await desk.refresh(id)).toMatchObject({
      count: 2,
      revision: 1,
      failures: 0,
      problem: null,
      readAt: clock.now(),
    })
  })

  it('tries again sooner than it reads, but less and less, and not before the server wants it', async () => {
    await add()
    desk.answer = gone
    const waits: number[] = []
    for (let tries = 0; tries < 12; tries++) {
      const { nextAt } = await desk.refresh('spam')
      waits.push((Number(nextAt) - clock.now()) / 60_000)
    }
    expect(waits[0]).toBeGreaterThanOrEqual(5)
    expect(waits[0]).toBeLessThanOrEqual(7)
    expect(waits[3]).toBeGreaterThan(39)
    expect(waits.at(-1)).toBeGreaterThan(22 * 60)
    expect(waits.at(-1)).toBeLessThan(26 * 60)
    desk.answer = () => {
      throw new AnswerphoneError('AP_LIST_NOT_ANSWERED', { status: 429, afterMs: 72 * HOUR })
    }
    const { nextAt } = await desk.refresh('spam')
    expect(Number(nextAt) - clock.now()).toBe(72 * HOUR)
  })

  it('fetches a list once, however many ask for it at once', async () => {
    await add()
    await Promise.all([desk.refresh('spam'), desk.refresh('spam')])
    expect(desk.asked).toHaveLength(1)
  })

  it('drops what it has read of a list that was made another one meanwhile', async () => {
    const { id } = await add()
    desk.answer = async () => {
      await store.numberLists.set(id, { url: 'https://other.example/' })
      return { text: '+4930999999' }
    }
    await desk.refresh(id)
    expect(await store.numberLists.get(id)).toMatchObject({ count: 0, readAt: null })
  })

  it('does not ask PhoneBlock again within the hour', async () => {
    await add({ kind: 'phoneblock', token: 'pbt' })
    desk.answer = () => ({ text: '{"numbers":[{"phone":"+49301234567","votes":20}],"version":1}' })
    await desk.refresh('spam')
    const before = desk.asked.length
    clock.advance(HOUR - 1)
    await desk.refresh('spam')
    expect(desk.asked).toHaveLength(before)
    clock.advance(1)
    await desk.refresh('spam')
    expect(desk.asked.length).toBeGreaterThan(before)
  })

  it('takes a file in place of what a list of that kind had, and refuses what is none', async () => {
    const { id } = await add({ kind: 'file', url: null })
    expect(await desk.put('spam', '+4930111111\nfoo\n+4930222222')).toMatchObject({
      ...{ count: 2, skipped: 1, nextAt: null },
    })
    await expect(desk.put('spam', '<html>')).rejects.toMatchObject({ code: 'AP_LIST_NO_NUMBERS' })
    expect(await has(id, '+4930111111')).toBe(true)
    await desk.put('spam', '+4930222222')
    expect(await has(id, '+4930111111')).toBe(false)
    await expect(desk.refresh('spam')).rejects.toMatchObject({ code: 'AP_LIST_FROM_FILE' })
    await add({ name: 'b' })
    await expect(desk.put('b', '+49')).rejects.toMatchObject({ code: 'AP_LIST_FETCHED' })
    expect(desk.asked).toEqual([])
  })

  it('reads numbers in the country of the list, else in that of the house', async () => {
    await store.settings.set('country', 'AT')
    const a = await add({ kind: 'file', url: null, country: 'DE' })
    const b = await add({ kind: 'file', url: null, name: 'b' })
    for (const { id } of [a, b]) await desk.put(id, '01 2345678\n0301234567')
    expect(await has(a.id, '+49301234567')).toBe(true)
    expect(await has(b.id, '+4312345678')).toBe(true)
  })
})

describe('lists that are kept', () => {
  const settle = async (ms: number) => {
    // Reads of the database take turns of their own.
    for (let turn = 0; turn < 20; turn++) await clock.advanceAsync(turn === 0 ? ms : 0)
  }

  it('are fetched when their time has come, also those that are added, and no more once that ends', async () => {
    await add()
    const kept = keepLists({ store, desk, clock, log: silentLog })
    await settle(3000)
    expect(desk.asked.map(({ url }) => url)).toEqual(['https://lists.example/a'])
    await add({ name: 'b', url: 'https://lists.example/b' })
    await settle(3000)
    expect(desk.asked).toHaveLength(2)
    for (let hour = 0; hour < 22; hour++) await settle(HOUR)
    expect(desk.asked).toHaveLength(2)
    for (let hour = 0; hour < 4; hour++) await settle(HOUR)
    expect(desk.asked).toHaveLength(4)
    await kept[Symbol.asyncDispose]()
    for (let day = 0; day < 3; day++) await settle(24 * HOUR)
    expect(desk.asked).toHaveLength(4)
    expect(clock.pending).toBe(0)
  })

  it('of which one is gone hold no other up', async () => {
    await add()
    await add({ name: 'b', url: 'https://lists.example/b' })
    const kept = keepLists({ store, desk, clock, log: silentLog })
    desk.answer = () => (desk.asked.at(-1)?.url.endsWith('/a') ? gone() : { text: '+49301234567' })
    await settle(3000)
    expect(await store.numberLists.get('spam')).toMatchObject({ failures: 1 })
    expect(await store.numberLists.get('b')).toMatchObject({ count: 1 })
    await kept[Symbol.asyncDispose]()
  })

  it('are fetched by one process alone, be it that a command was faster', async () => {
    const answered = Promise.withResolvers<Partial<Fetched>>()
    const processes = [desk, scriptedLists({ store, clock, random: seededRandom(2) })]
    for (const lists of processes) lists.answer = () => answered.promise
    await add()
    const kept = processes.map((lists) => keepLists({ store, desk: lists, clock, log: silentLog }))
    await settle(60_000)
    expect(processes.flatMap((lists) => lists.asked)).toHaveLength(1)
    answered.resolve({ text: '+49301234567' })
    await settle(0)
    expect(await store.numberLists.get('spam')).toMatchObject({ count: 1, failures: 0 })

    const command = scriptedLists({ store, clock, random: seededRandom(3) })
    const waiting = Promise.withResolvers<Partial<Fetched>>()
    command.answer = () => waiting.promise
    for (let hour = 0; hour < 22; hour++) await settle(HOUR)
    const refreshed = command.refresh('spam')
    await settle(60_000)
    await store.numberLists.set('spam', { name: 'rubbish' })
    await settle(60_000)
    expect(processes.flatMap((lists) => lists.asked)).toHaveLength(1)
    waiting.resolve({ text: '+49301234567' })
    await refreshed
    for (const keeping of kept) await keeping[Symbol.asyncDispose]()
  })

  it('are given up where it ends in the middle, and read by the next start', async () => {
    const asked = Promise.withResolvers<void>()
    desk.answer = () => {
      asked.resolve()
      return new Promise(() => {})
    }
    const { id } = await add()
    const kept = keepLists({ store, desk, clock, log: silentLog })
    await asked.promise
    await kept[Symbol.asyncDispose]()
    expect(await store.numberLists.nextAt()).toBe(clock.now())
    desk = scriptedLists({ store, clock, random: seededRandom(2) })
    await using _next = keepLists({ store, desk, clock, log: silentLog })
    await settle(0)
    expect(await store.numberLists.get(id)).toMatchObject({ count: 2 })
  })
})
