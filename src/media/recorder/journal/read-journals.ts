import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Extent } from './journal.ts'
import { recordKind } from './record.ts'
import { type FoundRecord, scanSegment } from './scan-segment.ts'
import { isFree } from './segment-pool.ts'
import { readTakeStart, type TakeStart } from './take-start.ts'

/** A take that was never released. */
export interface FoundTake {
  readonly start: TakeStart
  /** Where its audio is; `links` holds all its records. */
  readonly extent: Extent
  readonly end: 'crash' | 'journal-full' | 'ordered'
}

export interface FoundJournals {
  readonly takes: readonly FoundTake[]
  /** Files with anything in them, oldest first within a run. `damaged` ones have content that could not be read. */
  readonly segments: readonly FoundSegment[]
}

export interface FoundSegment {
  readonly path: string
  readonly damaged: boolean
  /** Absent when nothing in it can be read. */
  readonly run?: number
}

interface Gathered {
  start?: TakeStart | undefined
  end: FoundTake['end']
  readonly links: number[]
  readonly segments: Map<number, string>
}

interface Segment extends FoundSegment {
  readonly sequence: number
  readonly records: readonly FoundRecord[]
}

/** Reads all journals in a folder, whichever worker or process wrote them. A file that can't be read counts as damaged. */
export async function readJournals(journalDir: string): Promise<FoundJournals> {
  const names = await readdir(journalDir).catch(() => [])
  const segments: Segment[] = []
  for (const name of names.filter((entry) => entry.endsWith('.journal'))) {
    const segment = await readSegment(join(journalDir, name))
    if (segment.records.length > 0 || segment.damaged) segments.push(segment)
  }
  segments.sort((a, b) => a.sequence - b.sequence)
  const runs = new Set(segments.flatMap(({ run }) => run ?? []))
  const takes = [...runs].flatMap((run) =>
    gatherRun(
      run,
      segments.filter((segment) => segment.run === run),
    ),
  )
  return { takes, segments }
}

async function readSegment(path: string): Promise<Segment> {
  const scanned = await readInUse(path).then(scanSegment, () => ({ records: [], damaged: true }))
  const [first] = scanned.records
  return {
    path,
    damaged: scanned.damaged,
    sequence: first?.sequence ?? 0,
    // Of audio only the places are kept: the bodies would hold the whole file in memory.
    records: scanned.records.map((record) => ({
      ...record,
      body: record.kind === recordKind.audio ? Buffer.alloc(0) : Buffer.from(record.body),
    })),
    ...(first && { run: first.run }),
  }
}

/** What is in the file; nothing if it is free, as most are: they are large, and memory that was used once stays ours. */
const readInUse = async (path: string): Promise<Buffer> =>
  (await isFree(path)) ? Buffer.alloc(0) : readFile(path)

function gatherRun(run: number, segments: readonly Segment[]): FoundTake[] {
  const takes = new Map<number, Gathered>()
  for (const { path, records } of segments) for (const record of records) gather(takes, record, path)
  return [...takes].flatMap(([take, { start, end, links, segments: paths }]) =>
    start && links.length > 0
      ? [{ start, end, extent: { run, take, links: Uint32Array.from(links), segments: paths } }]
      : [],
  )
}

function gather(takes: Map<number, Gathered>, record: FoundRecord, path: string): void {
  const { kind, take: number, body, sequence, offset } = record
  if (kind === recordKind.checkpoint) {
    const living = livingTakes(body)
    for (const known of takes.keys()) if (living.has(0) && !living.has(known)) takes.delete(known)
    return
  }
  if (kind === recordKind.release) {
    takes.delete(number)
    return
  }
  const take: Gathered = takes.get(number) ?? { end: 'crash', links: [], segments: new Map() }
  takes.set(number, take)
  if (kind === recordKind.start) take.start = readTakeStart(body)
  else if (kind === recordKind.end) take.end = body[0] === 1 ? 'journal-full' : 'ordered'
  else if (kind === recordKind.audio) {
    take.links.push(sequence, offset)
    take.segments.set(sequence, path)
  }
}

/** With 0 in it when the checkpoint lists them at all. */
function livingTakes(body: Buffer): Set<number> {
  const living = new Set<number>()
  for (let at = 0; at + 4 <= body.length; at += 4) living.add(body.readUInt32LE(at))
  return living
}
