import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { idMaker } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import { MIGRATION_NAMES } from '../migrations/all.ts'
import { readContents } from './database-copy.ts'
import { keepOld } from './keep-old.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

const LAST = MIGRATION_NAMES.at(-1) ?? ''

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-upgrade-'))
  file = join(folder, 'answerphone.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

async function open(): Promise<void> {
  const clock = fakeClock()
  const store = await openSqliteStore({ file, clock, makeId: idMaker(clock, seededRandom()), log: silentLog })
  await store.close()
}

/** A database as the program before this one left it, as far as its migrations go. */
function forget(...migrations: string[]): void {
  const db = new Sqlite(file)
  for (const name of migrations) db.prepare('delete from kysely_migration where name = ?').run(name)
  db.close()
}

const copies = () => readdirSync(folder).filter((name) => name.includes('before') || name.includes('taken'))

it('a new database, and one that is up to date, are not copied', async () => {
  await open()
  await open()
  expect(copies()).toEqual([])
})

it('what an upgrade finds is copied before anything is changed, for its owner alone', async () => {
  await open()
  forget(LAST)
  // What the last migration adds is there already, so it may well fail: the copy must be there all the same.
  await open().catch(() => {})
  const [copy] = copies()
  expect(copies()).toEqual([`answerphone.db.before-${LAST.slice(0, 4)}`])
  const path = join(folder, copy ?? '')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readContents(path).migrations).toEqual(MIGRATION_NAMES.slice(0, -1))
  expect(existsSync(`${path}-wal`)).toBe(false)
})

it('the last two copies are kept', async () => {
  await open()
  for (const first of ['9001-one', '9002-two', '9003-three']) await keepOld(file, first)
  expect(copies()).toEqual(['answerphone.db.before-9002', 'answerphone.db.before-9003'])
})

it('a database that another process has migrated meanwhile is no copy of what was before', async () => {
  await open()
  await keepOld(file, LAST)
  expect(copies()).toEqual([])
})
