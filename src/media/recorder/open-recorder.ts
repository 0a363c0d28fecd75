import { mkdir } from 'node:fs/promises'
import type { Clock } from '../../shared/clock.ts'
import { type Random, systemRandom } from '../../shared/random.ts'
import type { CodecName } from '../engine.ts'
import { Journal } from './journal/journal.ts'
import { type Disk, realDisk } from './journal/journal-file.ts'
import type { Track } from './journal/track.ts'
import { LiveTake } from './live-take.ts'
import type { RecordedTake, Recorder } from './recorder.ts'
import { Saves } from './saves.ts'
import { openSaver, type Saver } from './wav/saver.ts'

const LARGEST_SEGMENT = 4 * 1024 * 1024
const SMALLEST_SEGMENT = 64 * 1024
const DEFAULT_JOURNAL_BYTES = 8 * LARGEST_SEGMENT

export interface OpenRecorderOptions {
  readonly journalDir: string
  readonly recordingsDir: string
  /** One journal per worker: letters, digits and underscores, such as `w0`. */
  readonly name: string
  readonly clock: Clock
  /** What is kept free and preallocated, so that a full disk still records; default 32 MB: an hour of one call. */
  readonly journalBytes?: number
  readonly random?: Random
  readonly disk?: Disk
  readonly saver?: Saver
}

/** A take that is not forgotten yet. */
interface Kept {
  /** Set when it has ended. */
  readonly track?: Track
  readonly saved: boolean
  readonly released: boolean
}

/**
 * Opens the journal of one worker and records into it. Journals that an earlier run left are not touched: see
 * recoverTakes, which runs before.
 *
 * @throws the file system's error if the folders can't be made or read
 */
export async function openRecorder(options: OpenRecorderOptions): Promise<Recorder> {
  const { journalDir, recordingsDir, name, clock, journalBytes = DEFAULT_JOURNAL_BYTES } = options
  await mkdir(recordingsDir, { recursive: true })
  const segmentBytes = segmentSize(journalBytes)
  const journal = await Journal.open({
    dir: journalDir,
    name,
    segmentBytes,
    reserve: Math.ceil(journalBytes / segmentBytes),
    clock,
    random: options.random ?? systemRandom,
    disk: options.disk ?? realDisk,
  })
  const saves = new Saves({ clock, saver: options.saver ?? openSaver() })
  const kept = new Map<string, Kept>()
  const running = new Map<string, { readonly live: LiveTake; readonly ended: Promise<void> }>()

  const keep = (takeId: string, change: Partial<Kept>) => {
    const take = { saved: false, released: false, ...kept.get(takeId), ...change }
    kept.set(takeId, take)
    if (!take.saved || !take.released || !take.track) return
    kept.delete(takeId)
    journal.forget(take.track)
  }

  const save = (take: RecordedTake, track: Track, codec: CodecName, units: number) => {
    const job = { recordingsDir, file: take.file, codec, units, extent: journal.extent(track) }
    keep(take.takeId, { track })
    saves.add(take.takeId, job, () => keep(take.takeId, { saved: true }))
  }

  let closing: Promise<void> | undefined
  const shut = async () => {
    for (const { live } of running.values()) live.stop()
    await Promise.all([...running.values()].map(({ ended }) => ended))
    await saves.close()
    await journal.close()
  }

  return {
    startTake(take, codec, onEvent) {
      const ending = Promise.withResolvers<void>()
      const live = new LiveTake({
        take,
        codec,
        clock,
        journal,
        onEvent,
        onEnded(recorded) {
          running.delete(take.takeId)
          if (recorded) {
            save(recorded.take, recorded.track, codec, recorded.units)
            onEvent({ kind: 'take-ended', take: recorded.take })
          }
          ending.resolve()
        },
      })
      running.set(take.takeId, { live, ended: ending.promise })
      return live
    },

    async whenSaved(takeId) {
      await running.get(takeId)?.ended
      await saves.whenSaved(takeId)
    },

    releaseTake(takeId) {
      if (running.has(takeId) || kept.has(takeId)) keep(takeId, { released: true })
    },

    async space() {
      const failures = [journal.failure, ...saves.failures]
      return { journalFreeBytes: journal.freeBytes, diskFull: failures.some(isDiskFull) }
    },

    close() {
      closing ??= shut()
      return closing
    },
  }
}

function segmentSize(journalBytes: number): number {
  const eighth = Math.ceil(journalBytes / 8 / 4096) * 4096
  return Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, eighth))
}

function isDiskFull(failure: unknown): boolean {
  const code = failure instanceof Error && 'code' in failure ? failure.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT'
}
