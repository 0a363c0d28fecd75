import { mkdir } from 'node:fs/promises'
import type { Clock, Timer } from '../../../shared/clock.ts'
import type { Random } from '../../../shared/random.ts'
import type { Disk, JournalFile } from './journal-file.ts'
import { HEADER_BYTES, paddedLength, recordKind, type Seal, seal, writeHeader } from './record.ts'
import { SegmentPool } from './segment-pool.ts'

/** A power cut loses what came since the last sync. */
const SYNC_MS = 300
/** A batch that so many segments refuse is given up: then it is not the segments. */
const ATTEMPTS = 4

export interface SegmentLogOptions {
  readonly dir: string
  readonly name: string
  readonly segmentBytes: number
  readonly reserve: number
  readonly clock: Clock
  readonly random: Random
  readonly disk: Disk
  /** Numbers of the takes that live, for the checkpoints. */
  readonly living: () => Iterable<number>
}

/** A segment in use. Its file is open while it is the newest one. */
interface Segment extends Seal {
  readonly path: string
  readonly file: JournalFile
  used: number
}

/** First and last sequence of the segments that somebody needs. */
export type Span = readonly [first: number, last: number]

/** An endless log over preallocated segments: whole batches are appended, segments that nobody needs are used again. */
export class SegmentLog {
  readonly run: number
  readonly #options: SegmentLogOptions
  #pool!: SegmentPool
  #poolChanged: (() => void) | undefined
  /** Oldest first; the last one is written to. */
  #segments: Segment[] = []
  #sequence = 0
  #unsynced = new Set<JournalFile>()
  #syncing: Promise<void> | undefined
  #syncTimer: Timer | undefined
  /** What is done behind the log's back: closing and clearing segments. */
  #chores = new Set<Promise<void>>()

  private constructor(options: SegmentLogOptions) {
    this.#options = options
    this.run = options.random.uint32()
  }

  static async open(options: SegmentLogOptions): Promise<SegmentLog> {
    await mkdir(options.dir, { recursive: true })
    const log = new SegmentLog(options)
    log.#pool = await SegmentPool.open({ ...options, onChange: () => log.#poolChanged?.() })
    return log
  }

  /** Whether a batch of so many bytes finds no room, and none could be made when it was last tried. */
  isFullFor(bytes: number): boolean {
    return this.#pool.exhausted && this.#rest < bytes
  }

  get freeBytes(): number {
    return this.#pool.freeSegments * this.#options.segmentBytes + this.#rest
  }

  /** Why the last new segment could not be made, until one can. */
  get failure(): unknown {
    return this.#pool.failure
  }

  /** Paths of segments by their sequence number. */
  paths([first, last]: Span): ReadonlyMap<number, string> {
    const within = this.#segments.filter(({ sequence }) => sequence >= first && sequence <= last)
    return new Map(within.map(({ sequence, path }) => [sequence, path]))
  }

  /**
   * Writes a batch into the current segment or, if that has no room or fails, into the next. One at a time.
   *
   * @param starts of the records in it, which are sealed here
   * @returns where it stands; undefined: the log is full
   */
  async append(
    batch: Buffer,
    starts: readonly number[],
  ): Promise<{ readonly sequence: number; readonly from: number } | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const segment = this.#rest >= batch.length ? this.#segments.at(-1) : await this.#openSegment()
      if (!segment) return undefined
      for (const at of starts) seal(batch, at, segment)
      const from = segment.used
      try {
        await segment.file.write(batch, from)
      } catch {
        segment.used = this.#options.segmentBytes // Nothing more goes into a segment that fails.
        continue
      }
      segment.used += batch.length
      this.#wrote(segment)
      return { sequence: segment.sequence, from }
    }
    return undefined
  }

  /**
   * Frees all segments that no span holds. The current one stays, with the checkpoint that makes up for release records
   * in those that go; only when nobody needs anything it goes, too, if `evenCurrent`.
   */
  sweep(spans: readonly Span[], evenCurrent: boolean): void {
    const ordered = spans.toSorted(([a], [b]) => a - b)
    const current = evenCurrent && spans.length === 0 ? undefined : this.#segments.at(-1)
    let next = 0
    let reach = 0
    this.#segments = this.#segments.filter((segment) => {
      for (let span = ordered[next]; span && span[0] <= segment.sequence; span = ordered[++next])
        reach = Math.max(reach, span[1])
      const needed = segment === current || reach >= segment.sequence
      if (!needed) this.#chore(this.#clear(segment.path))
      return needed
    })
  }

  /** Syncs and closes; `sweep` after it is the last thing to do. */
  async close(): Promise<void> {
    this.#pool.close()
    await this.#syncing
    this.#syncTimer?.cancel()
    await this.#sync()
    await this.#segments.at(-1)?.file.close()
  }

  /** Resolves when nothing is being done behind the log's back. */
  async settled(): Promise<void> {
    await Promise.all(this.#chores)
  }

  /** Bytes left in the current segment. */
  get #rest(): number {
    const current = this.#segments.at(-1)
    return current ? this.#options.segmentBytes - current.used : 0
  }

  /** The next segment with its checkpoint written, or undefined when there is none. */
  async #openSegment(): Promise<Segment | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const path = this.#pool.take() ?? (await this.#awaitSegment())
      if (path === undefined) return undefined
      let file: JournalFile | undefined
      try {
        file = await this.#options.disk.open(path)
        const key = this.#options.random.uint32() || 1
        const segment: Segment = { path, file, key, run: this.run, sequence: ++this.#sequence, used: 0 }
        const checkpoint = this.#checkpoint(segment)
        await file.write(checkpoint, 0)
        segment.used = checkpoint.length
        const last = this.#segments.at(-1)
        if (last) this.#chore(this.#retire(last.file))
        this.#segments.push(segment)
        return segment
      } catch {
        await file?.close().catch(() => {}) // A bad file is left as it is, and the next one tried.
      }
    }
    return undefined
  }

  /** Waits while the pool still tries to make one. */
  async #awaitSegment(): Promise<string | undefined> {
    while (!this.#pool.exhausted) {
      await new Promise<void>((resolve) => {
        this.#poolChanged = resolve
      })
      const path = this.#pool.take()
      if (path !== undefined) return path
    }
    return undefined
  }

  #checkpoint(segment: Segment): Buffer {
    const all = [0, ...this.#options.living()]
    const listed = 4 * all.length <= this.#options.segmentBytes / 4 ? all : []
    const length = HEADER_BYTES + 4 * listed.length
    const record = Buffer.alloc(paddedLength(length))
    for (const [index, number] of listed.entries()) record.writeUInt32LE(number, HEADER_BYTES + 4 * index)
    writeHeader(record, 0, length, 0, recordKind.checkpoint)
    seal(record, 0, segment)
    return record
  }

  #wrote({ file }: Segment): void {
    this.#unsynced.add(file)
    this.#armSync()
  }

  #armSync(): void {
    this.#syncTimer ??= this.#options.clock.setTimer(SYNC_MS, () => {
      this.#syncing = this.#sync().then(() => {
        this.#syncTimer = undefined
        if (this.#unsynced.size > 0) this.#armSync()
      })
    })
  }

  async #sync(): Promise<void> {
    const files = [...this.#unsynced]
    this.#unsynced.clear()
    // A disk that can't sync still has the data for a process that dies; there is no better place to put it.
    await Promise.allSettled(files.map((file) => file.sync()))
  }

  /** A segment that is full is synced and closed. */
  async #retire(file: JournalFile): Promise<void> {
    this.#unsynced.delete(file)
    await file.sync().catch(() => {})
    await file.close()
  }

  /** Marks a segment as free, so that recovery does not read it, and gives it back. */
  async #clear(path: string): Promise<void> {
    const file = await this.#options.disk.open(path)
    await file.write(Buffer.alloc(HEADER_BYTES), 0).finally(() => file.close())
    this.#pool.give(path)
  }

  /** One that fails leaves a segment to recovery, which reads it or sets it aside. */
  #chore(work: Promise<void>): void {
    const chore = work.catch(() => {}).finally(() => this.#chores.delete(chore))
    this.#chores.add(chore)
  }
}
