import { existsSync, mkdirSync, statSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { codecs } from '../codec/codecs.ts'
import { Hearing } from './hearing/hearing.ts'
import { readExtent } from './journal/read-extent.ts'
import { type FoundTake, readJournals } from './journal/read-journals.ts'
import { SegmentReader } from './journal/segment-reader.ts'
import { recordingFile } from './journal/take-start.ts'
import type { RecordedTake } from './recorder.ts'
import { renderPackets } from './wav/save-take.ts'
import { samplesOf, writeWavFile } from './wav/wav-file.ts'

export interface RecoverTakesOptions {
  readonly journalDir: string
  readonly recordingsDir: string
}

export interface Recovery {
  /** Takes that were never released, oldest first; their WAV files are on disk. Some may have their row already. */
  readonly takes: readonly RecordedTake[]
  /** Takes whose WAV file can't be written now. They, and all of their journal, stay for the next recovery. */
  readonly failures: readonly { readonly takeId: string; readonly why: unknown }[]
  /**
   * To be called once all `takes` have their rows, before the recorder opens: empties the journals, and moves those with
   * content that could not be read to `journalDir/damaged`.
   */
  discardJournals(): Promise<void>
}

/**
 * Makes WAV files of all takes that a process left in its journals when it died. It changes nothing but missing WAV
 * files, so it may be run again or be killed at any moment and ends the same.
 *
 * @throws never for what stands in a journal, however broken
 */
export async function recoverTakes({ journalDir, recordingsDir }: RecoverTakesOptions): Promise<Recovery> {
  const { takes: found, segments } = await readJournals(journalDir)
  const takes: RecordedTake[] = []
  const failures: { takeId: string; why: unknown }[] = []
  const heldRuns = new Set<number | undefined>()
  for (const take of found.toSorted((a, b) => a.start.startedAt - b.start.startedAt)) {
    try {
      takes.push(recoverTake(take, recordingsDir))
    } catch (why) {
      failures.push({ takeId: take.start.takeId, why })
      heldRuns.add(take.extent.run)
    }
  }
  return {
    takes,
    failures,
    async discardJournals() {
      // In their order: data goes before the record that says it is released, so being killed half-way revives nothing.
      for (const { path, damaged, run } of segments) {
        if (heldRuns.has(run)) continue
        if (damaged) await setAside(path, journalDir)
        else await clear(path)
      }
    },
  }
}

/** @throws the file system's error if its WAV file is not there and can't be written */
function recoverTake({ start, extent, end }: FoundTake, recordingsDir: string): RecordedTake {
  const { takeId, codec, startedAt, meta } = start
  const file = recordingFile(start)
  const path = join(recordingsDir, file)
  const { sampleRate } = codecs[codec]
  const hearing = new Hearing(codecs[codec])
  using reader = new SegmentReader()
  const render = (write: (pcm: Uint8Array) => void) =>
    renderPackets(readExtent(extent, reader), codec, 0, write, (position, payload) =>
      hearing.hear(position, payload),
    )
  // A file under its final name is whole (see writeWavFile), and may hold more than what is left in the journal.
  if (existsSync(path)) render(() => {})
  else writeWavFile(path, sampleRate, render)
  return {
    takeId,
    meta,
    startedAt,
    durationMs: Math.round((samplesOf(statSync(path).size) * 1000) / sampleRate),
    hearing: hearing.heard,
    levels: hearing.levels,
    file,
    ...(end !== 'ordered' && { cutOff: end }),
  }
}

/** Zeros at its beginning make a segment free; the rest stays allocated for the next recorder. */
async function clear(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.write(Buffer.alloc(4096), 0, 4096, 0)
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** Keeps a journal that has something unreadable in it for whoever wants to look, under a name that is not taken. */
async function setAside(path: string, journalDir: string): Promise<void> {
  const folder = join(journalDir, 'damaged')
  mkdirSync(folder, { recursive: true })
  for (let copy = 0; ; copy++) {
    const target = join(folder, copy === 0 ? basename(path) : `${basename(path)}.${copy}`)
    if (existsSync(target)) continue
    return rename(path, target)
  }
}
