import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { extract, list, type ReadEntry } from 'tar'
import { pathBelow } from '../mailbox/path-below.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { makeFolder } from '../shared/make-folder.ts'
import { MIGRATION_NAMES } from '../store/migrations/all.ts'
import { checkIntegrity } from '../store/sqlite/check-integrity.ts'
import { claimFolder } from '../store/sqlite/claim-folder.ts'
import { readContents } from '../store/sqlite/database-copy.ts'
import { DATABASE, FOLDERS, MANIFEST, type Manifest, manifest, sha256Of } from './manifest.ts'

export interface Restored {
  readonly manifest: Manifest
  /** Where what was there before lies now. */
  readonly movedTo?: string
}

/** In which a backup is unpacked and checked before anything of it counts. */
const UNPACKED = 'restoring'
const ASIDE = 'before-restore-'

/**
 * Brings a backup back into a data directory that no machine runs on. Everything is unpacked inside that directory and
 * checked first: whatever is wrong with the backup, the directory stays as it was.
 *
 * @param options.force moves what is in the directory into a folder inside of it, `before-restore-…`; nothing is deleted
 */
export async function restoreBackup(
  file: string,
  data: string,
  { clock, force }: { readonly clock: Clock; readonly force: boolean },
): Promise<Restored> {
  if (!(await isFile(file)))
    throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why: 'there is no such file' })
  await makeFolder(data).catch((error) => refuseData(data, error))
  using _claim = claimFolder(data)
  const old = (await readdir(data)).filter((name) => !isOurs(name))
  if (old.length > 0 && !force) throw new AnswerphoneError('AP_RESTORE_NOT_EMPTY', { data })

  const unpacked = join(data, UNPACKED)
  try {
    await rm(unpacked, { recursive: true, force: true })
    await mkdir(unpacked, { mode: 0o700 })
    await unpack(file, unpacked)
    const checked = await check(file, unpacked)
    const movedTo = old.length > 0 ? await moveAside(data, old, clock) : undefined
    for (const name of [...FOLDERS, DATABASE])
      if (existsSync(join(unpacked, name))) await rename(join(unpacked, name), join(data, name))
    return { manifest: checked, ...(movedTo !== undefined && { movedTo }) }
  } catch (error) {
    if (error instanceof AnswerphoneError) throw error
    return refuseData(data, error as Error)
  } finally {
    await rm(unpacked, { recursive: true, force: true })
  }
}

/** What a restore itself, or a disk, puts into a directory: it may be there. */
const isOurs = (name: string) =>
  ['claim', 'claim-journal', 'lost+found', UNPACKED].includes(name) || name.startsWith(ASIDE)

/** Reads the whole archive once before anything of it is written. */
async function unpack(file: string, folder: string): Promise<void> {
  const strange: string[] = []
  const look = (entry: ReadEntry) => {
    if (!isExpected(entry)) strange.push(entry.path)
  }
  try {
    await list({ file, strict: true, onReadEntry: look })
  } catch (error) {
    throw damaged(file, (error as Error).message, error)
  }
  const [first] = strange
  if (first !== undefined) throw damaged(file, `${JSON.stringify(first)} has no place in one`)
  await extract({ file, cwd: folder, strict: true, preserveOwner: false, umask: 0o077 })
}

function isExpected({ path, type }: ReadEntry): boolean {
  const isBelow = (folder: string) =>
    path.startsWith(`${folder}/`) && pathBelow(`/${folder}`, path.slice(folder.length + 1)) !== undefined
  return type === 'File' && (path === MANIFEST || path === DATABASE || FOLDERS.some(isBelow))
}

/** Holds what was unpacked against the manifest, and the database against what this program knows. */
async function check(file: string, folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => {
    throw damaged(file, 'it has no manifest.json')
  })
  const read = manifest.safeParse(parse(text))
  if (!read.success) throw damaged(file, 'its manifest.json says nothing that this version understands')
  for (const { path, sha256 } of read.data.files) {
    const unpacked = pathBelow(folder, path)
    if (unpacked === undefined || !(await isFile(unpacked))) throw damaged(file, `${path} is missing`)
    if ((await sha256Of(unpacked)) !== sha256) throw damaged(file, `${path} is not what was backed up`)
  }
  const database = join(folder, DATABASE)
  if (!existsSync(database)) throw damaged(file, `${DATABASE} is missing`)
  const { migrations } = readContents(database)
  const unknown = migrations.find((name) => !MIGRATION_NAMES.includes(name))
  if (unknown !== undefined)
    throw new AnswerphoneError('AP_BACKUP_NEWER', { file, version: read.data.version, migration: unknown })
  const [damage] = checkIntegrity(database)
  if (damage !== undefined) throw damaged(file, `its database: ${damage}`)
  return read.data
}

async function moveAside(data: string, names: readonly string[], clock: Clock): Promise<string> {
  const stamp = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '')
  const aside = join(data, `${ASIDE}${stamp}`)
  await mkdir(aside, { mode: 0o700 })
  for (const name of names) await rename(join(data, name), join(aside, name))
  return aside
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const damaged = (file: string, why: string, cause?: unknown) =>
  new AnswerphoneError('AP_BACKUP_UNREADABLE', { file, why }, { cause })

function refuseData(data: string, error: Error): never {
  throw new AnswerphoneError('AP_DATA_UNUSABLE', { data, why: error.message }, { cause: error })
}

const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
