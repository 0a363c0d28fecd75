import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { idMaker } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import { homeOf, messageRow, NOON } from '../contract/sample-rows.contract.ts'
import type { Store } from '../store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

let folder: string
let file: string
let clock: FakeClock
let stores: Store[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-store-'))
  file = join(folder, 'answerphone.db')
  clock = fakeClock()
  stores = []
})
afterEach(async () => {
  for (const store of stores) await store.close()
  expect(clock.pending).toBe(0)
  rmSync(folder, { recursive: true })
})

async function open(reserveBytes = 0): Promise<Store> {
  const makeId = idMaker(clock, seededRandom())
  const store = await openSqliteStore({ file, clock, makeId, log: silentLog, reserveBytes })
  stores.push(store)
  return store
}

describe('the database file', () => {
  it('is its owner’s alone, with all that belongs to it', async () => {
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    await (await open(65_536)).settings.set('key', 'value')
    for (const ending of ['', '-wal', '-shm']) expect(statSync(file + ending).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'reserve'))).toMatchObject({ size: 65_536 })
    expect(statSync(join(folder, 'reserve')).blocks * 512).toBeGreaterThanOrEqual(65_536)
  })

  it('keeps what is in it when it is opened again', async () => {
    await (await open()).settings.set('key', 'value')
    expect(await (await open()).settings.get('key')).toBe('value')
  })

  it('of a newer program is left alone', async () => {
    await (await open()).close()
    stores = []
    const db = new Sqlite(file)
    db.exec(`insert into kysely_migration values ('9999-later', '2030-01-01')`)
    db.close()
    const before = readFileSync(file)
    await expect(open()).rejects.toMatchObject({
      code: 'AP_STORE_NEWER',
      message: expect.stringContaining('"answerphone.db.before-9999"'),
    })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('that is none, or can not be, is refused with its reason', async () => {
    writeFileSync(file, 'This is a text, and by no means a database. '.repeat(40))
    await expect(open()).rejects.toMatchObject({ code: 'AP_STORE_CORRUPT' })
    file = join(folder, 'no such folder', 'answerphone.db')
    await expect(open()).rejects.toMatchObject({ code: 'AP_STORE_UNWRITABLE' })
  })
})

describe('another process', () => {
  it('is heard within half a second', async () => {
    const mine = await open()
    const other = await open()
    const heard: string[][] = []
    const unsubscribe = mine.onChange((what) => heard.push([...what]))
    await other.settings.set('key', 'value')
    await clock.advanceAsync(500)
    expect(heard).toEqual([[]])
    await mine.settings.set('key', 'value')
    await clock.advanceAsync(500)
    expect(heard).toEqual([[], ['settings']])
    unsubscribe()
  })

  it('that locks the database is waited for, with the clock running', async () => {
    const store = await open()
    const other = new Sqlite(file)
    other.exec('begin immediate')
    await expect(store.check()).rejects.toMatchObject({ code: 'AP_STORE_LOCKED' })
    const written = store.settings.set('key', 'value')
    await clock.advanceAsync(100)
    other.exec('rollback')
    await clock.advanceAsync(100)
    await written
    await store.check()

    other.exec('begin immediate')
    const refused = expect(store.settings.set('key', 'other')).rejects.toMatchObject({
      code: 'AP_STORE_LOCKED',
    })
    await clock.advanceAsync(6000)
    await refused
    other.close()
    expect(await store.settings.get('key')).toBe('value')
  })
})

describe('the search', () => {
  const words = ['plumber', 'Ümit', 'x1', '0049 30 555', 'ab', 'seven o’clock', 'zz']

  it('finds what reading everything finds: indexed or not yet, changed and removed', async () => {
    const store = await open()
    const { mailbox } = await homeOf(store)
    const note = (n: number) => `${words[n % words.length]} ${n}`
    const add = (n: number) =>
      store.messages.add(
        messageRow(mailbox.id, `m${n}`, {
          note: note(n),
          callerName: null,
          callerNumber: null,
          receivedAt: NOON + n,
        }),
      )
    const found = async (q: string) => {
      const { rows } = await store.messages.list({ q, limit: 200 })
      return rows.map(({ id }) => id).sort()
    }
    const alive = new Map<number, string>()
    for (let n = 0; n < 120; n++) {
      await add(n)
      alive.set(n, note(n).toLowerCase().replace('ü', 'u'))
    }
    const expectAll = async () => {
      for (const q of [
        'plumber',
        'umit',
        'mit',
        'x1',
        '1',
        'b',
        'zz 6',
        '555',
        'seven o',
        '’',
        'absent',
        'q',
      ])
        expect([q, await found(q)]).toEqual([
          q,
          [...alive]
            .filter(([, text]) => text.includes(q))
            .map(([n]) => `m${n}`)
            .sort(),
        ])
    }
    await expectAll()
    await clock.advanceAsync(1000) // it is indexed behind the first search
    await expectAll()
    for (let n = 120; n < 140; n++) {
      await add(n)
      alive.set(n, note(n).toLowerCase().replace('ü', 'u'))
    }
    for (const n of [5, 50, 139]) {
      await store.messages.purge(`m${n}`)
      alive.delete(n)
    }
    for (const n of [6, 60, 138]) {
      await store.messages.setNote(`m${n}`, 'umit b')
      alive.set(n, 'umit b')
    }
    await expectAll()
    await clock.advanceAsync(1000)
    await expectAll()
  })
})
