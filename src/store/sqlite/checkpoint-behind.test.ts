import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../../test/helpers/fake-clock.ts'
import { silentLog } from '../../shared/log.ts'
import { callRow } from '../contract/sample-rows.contract.ts'
import type { Store } from '../store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

const MB = 1 << 20

let folder: string
let file: string
let clock: FakeClock
let store: Store
let other: Sqlite.Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-checkpoint-'))
  file = join(folder, 'answerphone.db')
  clock = fakeClock()
  store = await openSqliteStore({ file, clock, makeId: String, log: silentLog, reserveBytes: 65_536 })
  other = new Sqlite(file)
})
afterEach(async () => {
  await store.close()
  other.close()
  expect(clock.pending).toBe(0)
  rmSync(folder, { recursive: true })
})

/** Writes some 6 MB of pages: rows with a long name. */
async function writeMuch(round: number): Promise<void> {
  for (let n = 0; n < 200; n++)
    await store.calls.add(callRow(`${round}-${n}`, { callerName: 'x'.repeat(12_000) }))
}
/** How many descriptors of this process the database has open. */
const descriptors = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === file
    } catch {
      return false // readdir's own
    }
  }).length
const wal = () => {
  const [state] = other.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
  return state ?? { log: 0, checkpointed: 0 }
}
/** Lets time pass until everything in the WAL is in the database. */
const checkpointed = () =>
  expect
    .poll(async () => {
      await clock.advanceAsync(5000)
      return wal().log - wal().checkpointed
    })
    .toBe(0)

describe('the checkpoint in a thread', () => {
  it('keeps the WAL short, whatever is written, and leaves the commits alone', async () => {
    for (let round = 0; round < 5; round++) {
      await writeMuch(round)
      expect(wal()).toMatchObject({ checkpointed: 0 })
      expect(wal().log).toBeGreaterThan(1000)
      await checkpointed()
    }
    expect(statSync(`${file}-wal`).size).toBeLessThan(16 * MB)
    expect(other.prepare('select count(*) from calls').pluck().get()).toBe(1000)
  })

  it.skipIf(!existsSync('/proc/self/fd'))('keeps one descriptor for all of its connections', async () => {
    // SQLite may not close a file on which another connection of the process holds a lock: POSIX drops the locks of all
    // with any close. It keeps the descriptor, and the next connection takes it over.
    const before = descriptors()
    for (let round = 0; round < 4; round++) {
      await writeMuch(round)
      await checkpointed()
      expect(descriptors()).toBeLessThanOrEqual(before + 1)
    }
  })

  it('gets to the end of it, though commits never pause', async () => {
    other.pragma('wal_autocheckpoint = 0')
    await writeMuch(0)
    const { log } = wal()
    await clock.advanceAsync(500)
    // Whoever commits may be kept from the processor while he holds the lock: then it is for the next try.
    for (let tries = 0; tries < 25 && wal().log >= log; tries++) {
      if (tries > 0) await clock.advanceAsync(5000)
      for (let n = 1; clock.pending === 0; n++) {
        other.pragma(`user_version = ${n}`) // a commit
        await new Promise((turn) => setImmediate(turn))
      }
      other.pragma('user_version = 0')
    }
    expect(wal().log).toBeLessThan(log) // it has begun again
  })

  it('tries again after one that a reader kept from getting through', async () => {
    const reading = other.prepare('select 1 from calls')
    other.exec('begin')
    reading.get()
    await writeMuch(0)
    await clock.advanceAsync(500)
    expect(clock.pending).toBe(0) // a thread runs
    await expect.poll(() => clock.pending).toBe(1) // it has ended
    other.exec('rollback')
    expect(wal().checkpointed).toBeLessThan(wal().log)
    await checkpointed()
  })

  it('that runs is waited for when the store closes', async () => {
    await writeMuch(0)
    await clock.advanceAsync(500)
    const { log } = wal() // from here on the other connection keeps the WAL: closing does not copy it
    await store.close()
    expect(wal()).toEqual({ busy: 0, log, checkpointed: log })
    expect(other.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})
