import { constants } from 'node:fs'
import { copyFile, link, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathBelow } from '../mailbox/path-below.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { version } from '../shared/version.ts'
import { claimFolder } from '../store/sqlite/claim-folder.ts'
import { copyDatabase, readContents } from '../store/sqlite/database-copy.ts'
import { DATABASE, MANIFEST, type Manifest, sha256Of } from './manifest.ts'
import { packFolder } from './pack-folder.ts'

/** A recording is written behind its row: so long for the last one to be there. */
const WRITTEN_WITHIN_MS = 2000
const LOOK_AGAIN_MS = 200

/**
 * Writes a backup of a data directory into one new tar file, compressed where its name ends in `.gz` or `.tgz`, while a
 * machine runs on it or not. The database is copied first, as of one moment, then the files that this copy names are
 * held by hard links: what is deleted from then on is still in the backup, what is recorded comes with the next.
 */
export async function makeBackup(data: string, file: string, clock: Clock): Promise<Manifest> {
  const database = join(data, DATABASE)
  if (!(await exists(database))) throw new AnswerphoneError('AP_DATA_MISSING', { data })
  if (await exists(file)) throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why: 'it is there already' })

  const workshop = join(data, 'backing-up')
  const stage = join(workshop, 'stage')
  await mkdir(workshop, { recursive: true, mode: 0o700 })
  const claim = claimFolder(workshop)
  try {
    await rm(stage, { recursive: true, force: true })
    await mkdir(stage, { mode: 0o700 })
    await copyDatabase(database, join(stage, DATABASE))
    const contents = readContents(join(stage, DATABASE))
    const named = [
      ...contents.recordings.map((name) => join('recordings', name)),
      ...contents.greetings.map((name) => join('greetings', name)),
    ]
    const secrets = (await filesBelow(join(data, 'secrets'))).map((name) => join('secrets', name))
    const missing = await hold([...named, ...secrets], data, stage, clock)
    const made: Manifest = {
      kind: 'answerphone-backup',
      format: 1,
      version,
      createdAt: new Date(clock.now()).toISOString(),
      migration: contents.migrations.at(-1) ?? '',
      messages: contents.messages,
      files: await describe(stage),
      missing: missing.filter((path) => named.includes(path)),
    }
    await writeFile(join(stage, MANIFEST), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
    await packFolder(stage, [MANIFEST, ...made.files.map(({ path }) => path)], file)
    return made
  } finally {
    claim[Symbol.dispose]()
    await rm(workshop, { recursive: true, force: true })
  }
}

/** Links files of the data directory into the stage. Gives those that are not there, and do not come soon. */
async function hold(paths: readonly string[], data: string, stage: string, clock: Clock): Promise<string[]> {
  const deadline = clock.monotonic() + WRITTEN_WITHIN_MS
  let missing = [...new Set(paths)]
  for (;;) {
    const absent: string[] = []
    for (const path of missing) if (!(await holdFile(path, data, stage))) absent.push(path)
    missing = absent
    if (missing.length === 0 || clock.monotonic() >= deadline) return missing
    await new Promise<void>((resolve) => clock.setTimer(LOOK_AGAIN_MS, resolve))
  }
}

async function holdFile(path: string, data: string, stage: string): Promise<boolean> {
  const from = pathBelow(data, path)
  const to = pathBelow(stage, path)
  if (from === undefined || to === undefined) return false
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    // Not every file system of a NAS has hard links.
    await link(from, to).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw error
      return copyFile(from, to, constants.COPYFILE_EXCL)
    })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

async function describe(stage: string): Promise<Manifest['files']> {
  const described: Manifest['files'] = []
  for (const path of (await filesBelow(stage)).toSorted()) {
    const file = join(stage, path)
    described.push({ path, size: (await stat(file)).size, sha256: await sha256Of(file) })
  }
  return described
}

/** The regular files below a folder, named relative to it; none where it is missing. */
async function filesBelow(folder: string): Promise<string[]> {
  if (!(await exists(folder))) return []
  const names = await readdir(folder, { recursive: true })
  const files = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name))).isFile() && name),
  )
  return files.filter((name) => name !== false)
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
