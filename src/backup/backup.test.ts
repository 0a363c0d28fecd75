import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { create, list } from 'tar'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import type { Clock } from '../shared/clock.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { callRow, homeOf, messageRow, NOON } from '../store/contract/sample-rows.contract.ts'
import { claimFolder } from '../store/sqlite/claim-folder.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { makeBackup } from './make-backup.ts'
import { restoreBackup } from './restore-backup.ts'

let folder: string
let data: string
let backup: string
let target: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-backup-'))
  data = join(folder, 'data')
  backup = join(folder, 'home.tar.gz')
  target = join(folder, 'elsewhere')
  for (const name of ['recordings', 'greetings', 'secrets/https'])
    mkdirSync(join(data, name), { recursive: true })
  const store = await openStore(data)
  const { mailbox } = await homeOf(store)
  for (const id of ['m1', 'm2']) {
    await store.messages.add(messageRow(mailbox.id, id, { file: `${id}.wav` }))
    writeFileSync(join(data, 'recordings', `${id}.wav`), `sound of ${id}`)
  }
  await store.greetings.add({ id: 'g1', name: 'Hello', file: 'g1.wav', durationMs: 1000, createdAt: NOON })
  await store.close()
  writeFileSync(join(data, 'greetings', 'g1.wav'), 'hello')
  writeFileSync(join(data, 'secrets', 'mail.json'), '{"password":"x"}', { mode: 0o600 })
  writeFileSync(join(data, 'secrets', 'https', 'key.json'), '{}', { mode: 0o600 })
  writeFileSync(join(data, 'recordings', 'stray.wav'), 'of no row')
})
afterEach(() => rmSync(folder, { recursive: true }))

const openStore = (in_: string) => {
  const clock = fakeClock()
  const makeId = idMaker(clock, seededRandom())
  return openSqliteStore({ file: join(in_, 'answerphone.db'), clock, makeId, log: silentLog })
}

/** A clock on which waiting takes no time; `meanwhile` happens then. */
function hurriedClock(meanwhile = () => {}): Clock {
  let time = 0
  return {
    now: () => NOON,
    monotonic: () => time,
    setTimer(delayMs, fire) {
      time += delayMs
      meanwhile()
      queueMicrotask(fire)
      return { cancel() {}, [Symbol.dispose]() {} }
    },
  }
}

const make = (meanwhile?: () => void) => makeBackup(data, backup, hurriedClock(meanwhile))
const restore = (file = backup, force = false) =>
  restoreBackup(file, target, { clock: hurriedClock(), force })
const recording = (in_: string, name: string) => join(in_, 'recordings', name)

async function namesIn(file: string): Promise<string[]> {
  const names: string[] = []
  await list({ file, onReadEntry: ({ path }) => names.push(path) })
  return names
}

describe('a backup', () => {
  it('has the database, what it names and the secrets, and brings them back for their owner alone', async () => {
    const made = await make()
    expect(made).toMatchObject({ messages: 2, missing: [], migration: expect.stringMatching(/^\d{4}-/) })
    expect(await namesIn(backup)).toEqual([
      'manifest.json',
      'answerphone.db',
      'greetings/g1.wav',
      'recordings/m1.wav',
      'recordings/m2.wav',
      'secrets/https/key.json',
      'secrets/mail.json',
    ])
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    expect(readdirSync(data)).not.toContain('backing-up')

    expect(await restore()).toEqual({ manifest: made })
    expect(readFileSync(recording(target, 'm2.wav'), 'utf8')).toBe('sound of m2')
    for (const path of ['answerphone.db', 'secrets/mail.json', 'secrets/https/key.json'])
      expect([path, statSync(join(target, path)).mode & 0o777]).toEqual([path, 0o600])
    for (const path of ['', 'secrets', 'recordings'])
      expect([path, statSync(join(target, path)).mode & 0o777]).toEqual([path, 0o700])
    expect(readdirSync(target).toSorted()).toEqual([
      'answerphone.db',
      'claim',
      'greetings',
      'recordings',
      'secrets',
    ])
    const store = await openStore(target)
    expect((await store.messages.list({ limit: 10 })).rows).toHaveLength(2)
    await store.close()
  })

  it('has the names that callers have said, which are no messages', async () => {
    const name = { takeId: 'n1', file: '2026/11/n1.wav', durationMs: 1200, words: null }
    const store = await openStore(data)
    await store.calls.add(callRow('named', { gate: { kind: 'name', went: 'passed', name } }))
    await store.close()
    mkdirSync(join(data, 'recordings/2026/11'), { recursive: true })
    writeFileSync(recording(data, name.file), 'Michael Miller')
    expect(await make()).toMatchObject({ messages: 2, missing: [] })
    await restore()
    expect(readFileSync(recording(target, name.file), 'utf8')).toBe('Michael Miller')
  })

  it('is made of a database from before there were such names', async () => {
    const db = new Sqlite(join(data, 'answerphone.db'))
    db.exec('alter table calls drop column saidName')
    db.close()
    expect(await make()).toMatchObject({ messages: 2, missing: [] })
  })

  it('is of a moment, though somebody writes, and has what only the write-ahead log has', async () => {
    const store = await openStore(data)
    await store.settings.set('key', 'value')
    await make()
    await store.settings.set('key', 'later')
    await store.close()
    await restore()
    const copy = await openStore(target)
    expect(await copy.settings.get('key')).toBe('value')
    await copy.close()
  })

  it('waits for a recording that is being written, and keeps one that is deleted meanwhile', async () => {
    rmSync(recording(data, 'm1.wav'))
    const made = await make(() => {
      writeFileSync(recording(data, 'm1.wav'), 'sound of m1')
      rmSync(recording(data, 'm2.wav'), { force: true })
    })
    expect(made.missing).toEqual([])
    await restore()
    for (const id of ['m1', 'm2'])
      expect(readFileSync(recording(target, `${id}.wav`), 'utf8')).toBe(`sound of ${id}`)
  })

  it('names a recording that is gone, and is made and restored all the same', async () => {
    rmSync(recording(data, 'm1.wav'))
    expect((await make()).missing).toEqual(['recordings/m1.wav'])
    expect((await restore()).manifest.missing).toEqual(['recordings/m1.wav'])
  })

  it('overwrites no file, and leaves none behind that is half', async () => {
    writeFileSync(backup, 'precious')
    await expect(make()).rejects.toMatchObject({ code: 'AP_FILE_UNUSABLE' })
    expect(readFileSync(backup, 'utf8')).toBe('precious')
    const nowhere = join(folder, 'no', 'such', 'folder.tar')
    await expect(makeBackup(data, nowhere, hurriedClock())).rejects.toMatchObject({
      code: 'AP_FILE_UNUSABLE',
    })
    await expect(makeBackup(target, nowhere, hurriedClock())).rejects.toMatchObject({
      code: 'AP_DATA_MISSING',
    })
    expect(readdirSync(data)).not.toContain('backing-up')
  })
})

describe('a restore', () => {
  it('overwrites nothing; by force it moves what is there aside, and never deletes it', async () => {
    await make()
    mkdirSync(target)
    writeFileSync(join(target, 'answerphone.db'), 'old')
    await expect(restore()).rejects.toMatchObject({ code: 'AP_RESTORE_NOT_EMPTY' })
    expect(readFileSync(join(target, 'answerphone.db'), 'utf8')).toBe('old')
    const { movedTo } = await restore(backup, true)
    expect(movedTo).toMatch(/elsewhere\/before-restore-\d{4}-\d\d-\d\dT\d{6}$/)
    expect(readFileSync(join(movedTo ?? '', 'answerphone.db'), 'utf8')).toBe('old')
    expect(existsSync(recording(target, 'm1.wav'))).toBe(true)
  })

  it('is refused where a machine runs, by force too', async () => {
    await make()
    mkdirSync(target)
    using _running = claimFolder(target)
    await expect(restore(backup, true)).rejects.toMatchObject({ code: 'AP_DATA_IN_USE' })
  })

  it('of a database newer than this program is refused', async () => {
    const db = new Sqlite(join(data, 'answerphone.db'))
    db.exec(`insert into kysely_migration values ('9999-later', '2030-01-01')`)
    db.close()
    await make()
    await expect(restore()).rejects.toMatchObject({ code: 'AP_BACKUP_NEWER' })
    expect(readdirSync(target)).toEqual(['claim'])
  })

  it.each<[string, () => Promise<void> | void, RegExp]>([
    ['is no archive', () => writeFileSync(backup, 'Dear diary, '.repeat(100)), /TAR|tar|archive/],
    ['is empty', () => writeFileSync(backup, ''), /manifest|TAR/],
    ['was cut off', () => writeFileSync(backup, readFileSync(backup).subarray(0, -200)), /.*/],
    ['is of something else', () => repack((stage) => rmSync(join(stage, 'manifest.json'))), /no manifest/],
    [
      'has another manifest',
      () => repack((stage) => writeFileSync(join(stage, 'manifest.json'), '{}')),
      /understands/,
    ],
    [
      'has a file that was changed',
      () => repack((stage) => writeFileSync(recording(stage, 'm1.wav'), 'other')),
      /m1\.wav is not what/,
    ],
    ['lacks a file', () => repack((stage) => rmSync(recording(stage, 'm1.wav'))), /m1\.wav is missing/],
    [
      'lacks the database',
      () => repack((stage) => rmSync(join(stage, 'answerphone.db'))),
      /answerphone\.db is missing/,
    ],
    [
      'has more than a data directory',
      () => repack((stage) => writeFileSync(join(stage, 'running.json'), '{}')),
      /running\.json.*no place/,
    ],
  ])('of a file that %s is refused, and nothing is changed', async (_what, spoil, why) => {
    await make()
    await spoil()
    await expect(restore()).rejects.toMatchObject({
      code: 'AP_BACKUP_UNREADABLE',
      details: { why: expect.stringMatching(why) },
    })
    expect(readdirSync(target)).toEqual(['claim'])
  })

  it.each([
    ['../escaped', '0'],
    ['recordings/../../escaped', '0'],
    ['/tmp/escaped', '0'],
    ['recordings/link', '2'],
    ['secrets/hard', '1'],
  ])('of an archive that names %s (type %s) is refused before anything is written', async (name, type) => {
    writeFileSync(backup, tarOf(name, type))
    const why = `${JSON.stringify(name)} has no place in one`
    await expect(restore()).rejects.toMatchObject({ code: 'AP_BACKUP_UNREADABLE', details: { why } })
    expect(readdirSync(target)).toEqual(['claim'])
    expect(readdirSync(folder)).not.toContain('escaped')
  })
})

/** Spoils the backup: unpacked, changed, and packed again. */
async function repack(change: (stage: string) => void): Promise<void> {
  const stage = join(folder, 'stage')
  mkdirSync(stage)
  const { extract } = await import('tar')
  await extract({ file: backup, cwd: stage })
  change(stage)
  const files = readdirSync(stage, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(stage, name)).isFile(),
  )
  await create({ cwd: stage, file: backup, gzip: true }, files)
}

/** An archive with one entry, made by hand (POSIX ustar): tar itself writes no such name. */
function tarOf(name: string, type: string): Buffer {
  const header = Buffer.alloc(512)
  const put = (text: string, at: number) => header.write(text, at, 'latin1')
  put(name, 0)
  put('0000600\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put('00000000000\0', 124)
  put('00000000000\0', 136)
  put('        ', 148)
  put(type, 156)
  if (type !== '0') put('/etc/passwd', 157)
  put('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, Buffer.alloc(1024)])
}
