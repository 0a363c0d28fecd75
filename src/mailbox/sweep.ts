import { readdir, rm, stat } from 'node:fs/promises'
import { join, normalize, relative } from 'node:path'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { CallStore, MessageStore } from '../store/store.ts'

/** Younger files and rows may be half-way: a WAV being written, a take that the journal still has. */
const SETTLED_MS = 24 * 3600_000
/** So many strays, and more than half of all, mean that these recordings belong to another database. */
const FEW = 10

export interface SweepOptions {
  readonly messages: Pick<MessageStore, 'files'>
  readonly calls: Pick<CallStore, 'nameFiles'>
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
}

/**
 * Compares rows and files. Strays (discarded or purged, and the machine stopped before the file went) are removed
 * when they are older than a day; rows without audio are named and left, for their caller and time still tell
 * something. A folder that looks like another database's is left alone.
 */
export async function sweepRecordings({ messages, calls, folder, clock, log }: SweepOptions) {
  const settledBefore = clock.now() - SETTLED_MS
  const files = await settledFiles(folder, settledBefore)
  const onDisk = new Set(files)
  const missingAudio: string[] = []
  const known = new Set<string>()

  for (
    let rows = await messages.files('');
    rows.length > 0;
    rows = await messages.files(rows.at(-1)?.id ?? '')
  ) {
    for (const { id, file, receivedAt } of rows) {
      known.add(normalize(file))
      if (receivedAt < settledBefore && !onDisk.has(normalize(file)) && !(await exists(join(folder, file))))
        missingAudio.push(id)
    }
    await new Promise<void>((resume) => clock.setTimer(0, resume)) // let calls through
  }

  for (
    let rows = await calls.nameFiles('');
    rows.length > 0;
    rows = await calls.nameFiles(rows.at(-1)?.id ?? '')
  )
    for (const { file } of rows) known.add(normalize(file))

  const strays = files.filter((file) => !known.has(file))
  if (strays.length > FEW && strays.length * 2 > files.length) {
    log.error(
      { strays: strays.length, folder },
      'most recordings have no message: is this the right database?',
    )
    return { strayFiles: 0, missingAudio }
  }
  for (const file of strays) await rm(join(folder, file), { force: true })
  return { strayFiles: strays.length, missingAudio }
}

/** WAV files last written before this instant, relative to the folder. */
async function settledFiles(folder: string, before: number): Promise<string[]> {
  const files: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.wav')) continue
    const path = join(entry.parentPath, entry.name)
    const info = await stat(path).catch(() => undefined)
    if (info && info.mtimeMs < before) files.push(relative(folder, path))
  }
  return files
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
