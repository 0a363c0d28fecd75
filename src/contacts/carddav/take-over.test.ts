import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../shared/clock.ts'
import { silentLog } from '../../shared/log.ts'
import type { ContactSource } from '../../store/contact-source.ts'
import { IN_MEMORY, openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts'
import type { Store } from '../../store/store.ts'
import type { AccountOutcome, ReadCard } from './account.ts'
import { pauseAfter, syncSource } from './sync-source.ts'

const BOOK = 'https://dav.example/ada/'
const card = (
  uid: string,
  name: string,
  numbers: string[],
  more: Partial<ReadCard> & { note?: string } = {},
) => {
  const { note = '', ...rest } = more
  return { href: `${BOOK}${uid}.vcf`, book: BOOK, uid, etag: '"1"', card: { name, note, numbers }, ...rest }
}

let store: Store
let source: ContactSource
beforeEach(async () => {
  let id = 0
  const makeId = () => `id${++id}`
  store = await openSqliteStore({ file: IN_MEMORY, clock: systemClock, makeId, log: silentLog })
  source = await store.contactSources.add({
    ...{ name: 'cloud', url: BOOK, user: 'ada', password: 'x', books: null },
    ...{ intervalMinutes: 60, createdAt: 0, nextAt: 0 },
  })
})
afterEach(() => store.close())

async function sync(outcome: AccountOutcome, now = 1000) {
  const claimed = (await store.contactSources.claim(now, now + 1, source.id)) ?? source
  const clock = { now: () => now, setTimer: systemClock.setTimer }
  const reach = () => ({ publicOnly: false, ownPorts: [] })
  const thread = { post: async () => outcome }
  return syncSource({ store, thread, reach, clock, log: silentLog }, claimed)
}
const read = (changed: readonly ReadCard[], gone: readonly string[] = []) =>
  sync({ kind: 'read', found: [], changed, gone })
const contacts = async () =>
  (await store.contacts.list()).map(({ name, numbers }) => `${name}: ${numbers.join(' ')}`)

describe('contacts of an address book', () => {
  it('come, change and go as its cards do', async () => {
    await read([card('a', 'Ada', ['+49301']), card('b', 'Bob', ['+49302', '+49303']), card('c', 'Cat', [])])
    expect(await contacts()).toEqual(['Ada: +49301', 'Bob: +49302 +49303'])
    await read([card('b', 'Rob', ['+49303']), card('c', 'Cat', ['+49302'])])
    expect(await contacts()).toEqual(['Ada: +49301', 'Cat: +49302', 'Rob: +49303'])
    await read([card('b', 'Rob', [])], [`${BOOK}a.vcf`])
    expect(await contacts()).toEqual(['Cat: +49302'])
    expect((await store.audit.list({ limit: 9 })).rows.map(({ detail }) => detail)).toEqual([
      'cloud: 0 + 0 − 2',
      'cloud: 1 + 1 − 0',
      'cloud: 2 + 0 − 0',
    ])
  })

  it('stay favourites, keep the note that was changed here, and the same id, wherever their card lies', async () => {
    await read([
      card('a', 'Ada', ['+49301'], { note: 'hers' }),
      card('b', 'Bob', ['+49302'], { note: 'his' }),
    ])
    const [ada, bob] = await store.contacts.list()
    await store.contacts.set(ada?.id ?? '', { favourite: true, note: 'ours' })
    const moved = { href: `${BOOK}other.vcf`, note: 'hers, changed' }
    await read(
      [card('a', 'Ada L.', ['+49301'], moved), card('b', 'Bob', ['+49302'], { note: 'his, changed' })],
      [`${BOOK}a.vcf`],
    )
    expect(await store.contacts.list()).toEqual([
      { ...ada, name: 'Ada L.', favourite: true, note: 'ours' },
      { ...bob, note: 'his, changed' },
    ])
  })

  it('leave a number to who has it, and take it when it is free; contacts made here are never touched', async () => {
    const mine = await store.contacts.add({ name: 'Mum', note: '', numbers: ['030 1234567'] })
    await read([card('m', 'Mother', ['+49301234567']), card('b', 'Bob', ['+49301234567', '+49302'])])
    expect(await contacts()).toEqual(['Bob: +49302', 'Mum: 030 1234567'])
    const leftOut = async () => (await store.contactSources.cards(source.id)).map((each) => each.leftOut)
    expect(await leftOut()).toEqual([['+49301234567'], ['+49301234567']])
    await read([])
    expect(await contacts()).toEqual(['Bob: +49302', 'Mum: 030 1234567'])
    await store.contacts.remove(mine.id)
    await read([])
    expect(await contacts()).toEqual(['Bob: +49301234567 +49302'])
    expect(await leftOut()).toEqual([[], ['+49301234567']])
  })

  it('take over what was noted about their numbers', async () => {
    const caller = { number: '+49301', e164: null }
    await store.callerNotes.set(caller, 'sells tiles')
    await read([card('a', 'Ada', ['+49301'], { note: 'hers' })])
    expect(await store.contacts.list()).toMatchObject([{ note: 'hers\nsells tiles' }])
    expect(await store.callerNotes.get(caller)).toBeUndefined()
    await read([card('a', 'Ada', ['+49301'], { note: 'other' })])
    expect(await store.contacts.list()).toMatchObject([{ note: 'hers\nsells tiles' }])
  })

  it('stay as they were when the server can not be read, which is tried again after ever longer pauses', async () => {
    await read([card('a', 'Ada', ['+49301'])])
    const failed = { kind: 'failed', code: 'AP_CARDDAV_UNREACHABLE', detail: 'it is away' } as const
    expect(await sync(failed, 5_000_000)).toMatchObject({
      ...{ failures: 1, problem: failed.code, detail: failed.detail },
      ...{ doneAt: 1000, startedAt: null, nextAt: 5_060_000 },
    })
    expect(await contacts()).toEqual(['Ada: +49301'])
    const pauses = [0, 1, 2, 3, 6, 7, 99].map(
      (failures) => pauseAfter(source, failures, failed.code) / 60_000,
    )
    expect(pauses).toEqual([60, 1, 2, 4, 32, 60, 60])
    expect(pauseAfter(source, 1, 'AP_CARDDAV_LOGIN_REFUSED') / 60_000).toBe(360)
    expect(await sync({ kind: 'read', found: [], changed: [], gone: [] }, 6_000_000)).toMatchObject({
      ...{ failures: 0, problem: null, detail: '', doneAt: 6_000_000, nextAt: 9_600_000 },
    })
  })
})
