import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../shared/clock.ts'
import type { RecordingsSize } from './mailbox.ts'
import { within } from './within.ts'

/** A count that is younger is good enough. */
const FRESH_MS = 60_000
/** Whoever asks waits for so long; a large folder takes longer, and is there when they ask again. */
const PATIENCE_MS = 2000

/**
 * Counts what a folder takes, one file after another, so that what callers say has the disk first. One count at a time,
 * however many ask.
 */
export function measureFolder(folder: string, clock: Clock): () => Promise<RecordingsSize | undefined> {
  let last: RecordingsSize | undefined
  let counting: Promise<void> | undefined

  const count = async (): Promise<void> => {
    const at = clock.now()
    let bytes = 0
    let files = 0
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
      if (!entry.isFile()) continue
      // It may have gone just now.
      const info = await stat(join(entry.parentPath, entry.name)).catch(() => undefined)
      if (!info) continue
      bytes += info.size
      files += 1
    }
    last = { bytes, files, at }
  }

  return async () => {
    if (last && clock.now() - last.at < FRESH_MS) return last
    counting ??= count().finally(() => {
      counting = undefined
    })
    await within(counting, PATIENCE_MS, clock)
    return last
  }
}
