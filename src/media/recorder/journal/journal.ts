import { mkdir } from 'node:fs/promises'
import type { Clock, Timer } from '../../../shared/clock.ts'
import type { Random } from '../../../shared/random.ts'
import { LINKS, linksBytes, PACKET_HEADER_BYTES } from './audio-record.ts'
import type { Disk, JournalFile } from './journal-file.ts'
import { HEADER_BYTES, paddedLength, recordKind, type Seal, seal, writeHeader } from './record.ts'
import { SegmentPool } from './segment-pool.ts'
import { type Placed, Track } from './track.ts'

/** A process that is killed loses what came since the last flush, so this and a slow write make up the 0.5 s. */
const FLUSH_MS = 100
/** A power cut loses what came since the last sync. */
const SYNC_MS = 300
/** One write, and one turn of the media thread: about 300 takes, 0.3 ms. */
const BATCH_BYTES = 256 * 1024
/** What may wait for a disk that stalls: in one take (7 s of G.711) and in all. */
const WAITING_BYTES_PER_TAKE = 64 * 1024
const WAITING_BYTES = 32 * 1024 * 1024
/** A batch that so many segments refuse is given up: then it is not the segments. */
const ATTEMPTS = 4

export interface JournalOptions {
  readonly dir: string
  readonly name: string
  readonly segmentBytes: number
  readonly reserve: number
  readonly clock: Clock
  readonly random: Random
  readonly disk: Disk
}

/** A segment in use. Its file is open while it is the newest one. */
interface Segment extends Seal {
  readonly path: string
  readonly file: JournalFile
  used: number
}

/** Where the journal keeps a take: enough to read it back from another thread. */
export interface Extent {
  readonly run: number
  readonly take: number
  /** Places of the last audio records (see audio-record.ts). */
  readonly links: Uint32Array
  /** Path of each segment by its sequence number. */
  readonly segments: ReadonlyMap<number, string>
}

/**
 * The journal of one worker: an endless log over preallocated segments. What was appended is written at the next flush
 * in one piece; one write is under way at a time, and while it lasts packets wait in their tracks.
 */
export class Journal {
  readonly #options: JournalOptions
  readonly #run: number
  readonly #batch: Buffer
  readonly #trackBytes: number
  #pool!: SegmentPool
  /** Oldest first; the last one is written to. */
  #segments: Segment[] = []
  #sequence = 0
  #tracks = new Map<number, Track>()
  #trackCount = 0
  #waitingBytes = 0
  /** Tracks with something to write: at once, in the flush under way, in the next flush. */
  #urgent = new Set<Track>()
  #due = new Set<Track>()
  #dirty = new Set<Track>()
  #writing: Promise<void> | undefined
  #unsynced = new Set<JournalFile>()
  #syncing: Promise<void> | undefined
  #flushTimer: Timer | undefined
  #syncTimer: Timer | undefined
  #sweepDue = false
  #clearing = new Set<Promise<void>>()
  #poolChanged: (() => void) | undefined

  private constructor(options: JournalOptions) {
    this.#options = options
    this.#run = options.random.uint32()
    this.#batch = Buffer.alloc(Math.min(BATCH_BYTES, options.segmentBytes >> 2) & ~7)
    this.#trackBytes = Math.min(
      WAITING_BYTES_PER_TAKE,
      this.#batch.length - 2 * HEADER_BYTES - linksBytes(LINKS),
    )
  }

  static async open(options: JournalOptions): Promise<Journal> {
    await mkdir(options.dir, { recursive: true })
    const journal = new Journal(options)
    journal.#pool = await SegmentPool.open({ ...options, onChange: () => journal.#poolChanged?.() })
    return journal
  }

  /** Nothing more can be written: the free segments are used up and no new one could be made. */
  get full(): boolean {
    const current = this.#segments.at(-1)
    const rest = current ? this.#options.segmentBytes - current.used : 0
    return this.#pool.exhausted && rest < this.#batch.length
  }

  /** Bytes of the largest body that a start record may have. */
  get largestStart(): number {
    return this.#trackBytes
  }

  get freeBytes(): number {
    const current = this.#segments.at(-1)
    const rest = current ? this.#options.segmentBytes - current.used : 0
    return this.#pool.freeSegments * this.#options.segmentBytes + rest
  }

  /** Why the last new segment could not be made, until one can. */
  get failure(): unknown {
    return this.#pool.failure
  }

  /** @param start body of the take's start record, which goes out with its first packet */
  startTrack(start: Buffer, onFull: () => void): Track {
    const track = new Track(++this.#trackCount, start, onFull)
    this.#tracks.set(track.number, track)
    return track
  }

  /** Whether a payload may wait here; if not, the disk stalls or the journal is full, and the packet is lost. */
  hasRoom(track: Track, payloadBytes: number): boolean {
    return (
      !track.full &&
      track.waitingBytes + PACKET_HEADER_BYTES + payloadBytes <= this.#trackBytes &&
      this.#waitingBytes + payloadBytes <= WAITING_BYTES
    )
  }

  append(
    track: Track,
    arrivedMs: number,
    sequence: number,
    timestamp: number,
    ssrc: number,
    payload: Uint8Array,
    mark: number,
  ): void {
    if (track.waitingBytes === 0) this.#touch(track)
    this.#waitingBytes += PACKET_HEADER_BYTES + payload.length
    track.append(arrivedMs, sequence, timestamp, ssrc, payload, mark)
  }

  /** Writes the take's rest and its end at once. Resolves when they are in the journal (true) or can't be (false). */
  end(track: Track, cutOff: boolean): Promise<boolean> {
    const ended = track.end(Buffer.of(cutOff ? 1 : 0))
    this.#urgent.add(track)
    this.#drain()
    return ended
  }

  extent(track: Track): Extent {
    const [first, last] = track.span
    const segments = this.#segments.filter(({ sequence }) => sequence >= first && sequence <= last)
    return {
      run: this.#run,
      take: track.number,
      links: track.links,
      segments: new Map(segments.map(({ sequence, path }) => [sequence, path])),
    }
  }

  /** The take is safe elsewhere. */
  forget(track: Track): void {
    this.#tracks.delete(track.number)
    this.#sweepDue = true
    if (track.release()) this.#touch(track)
    else this.#armFlush()
  }

  /** Writes and syncs all that waits, except what waits for a segment that can't be made. */
  async close(): Promise<void> {
    this.#flushTimer?.cancel()
    this.#syncTimer?.cancel()
    this.#pool.close()
    this.#flush()
    while (this.#writing) await this.#writing
    await this.#syncing
    this.#syncTimer?.cancel()
    await this.#sync()
    await this.#segments.at(-1)?.file.close()
    // After a clean end nothing is left for recovery to read.
    this.#sweep(undefined)
    await Promise.all(this.#clearing)
  }

  #touch(track: Track): void {
    this.#dirty.add(track)
    this.#armFlush()
  }

  #armFlush(): void {
    this.#flushTimer ??= this.#options.clock.setTimer(FLUSH_MS, () => this.#flush())
  }

  #flush(): void {
    this.#flushTimer = undefined
    if (this.#sweepDue) this.#sweep(this.#segments.at(-1))
    for (const track of this.#dirty) this.#due.add(track)
    this.#dirty.clear()
    this.#drain()
  }

  #drain(): void {
    if (this.#writing || (this.#urgent.size === 0 && this.#due.size === 0)) return
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined
      this.#drain()
    })
  }

  async #writeAll(): Promise<void> {
    for (let batch = this.#fill(); batch.placed.length > 0; batch = this.#fill()) await this.#store(batch)
  }

  /** Copies what waits into the batch, the urgent first, as much as fits. */
  #fill(): { readonly placed: Placed[]; readonly length: number } {
    const placed: Placed[] = []
    let at = 0
    for (const queue of [this.#urgent, this.#due]) {
      for (const track of queue) {
        const waiting = track.waitingBytes
        for (let next = track.copyNext(this.#batch, at); next; next = track.copyNext(this.#batch, at)) {
          placed.push(next)
          at += paddedLength(this.#batch.readUInt32LE(at + 8) & 0xffffff)
        }
        this.#waitingBytes -= waiting - track.waitingBytes
        if (track.hasWork) return { placed, length: at }
        queue.delete(track)
      }
    }
    return { placed, length: at }
  }

  /** Writes the batch into the current segment or, if it has no room or fails, into the next. */
  async #store({
    placed,
    length,
  }: {
    readonly placed: readonly Placed[]
    readonly length: number
  }): Promise<void> {
    const bytes = this.#batch.subarray(0, length)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const current = this.#segments.at(-1)
      const segment =
        current && current.used + length <= this.#options.segmentBytes ? current : await this.#openSegment()
      if (!segment) break
      for (const { at } of placed) seal(bytes, at, segment)
      const from = segment.used
      try {
        await segment.file.write(bytes, from)
      } catch {
        segment.used = this.#options.segmentBytes // Nothing more goes into a segment that fails.
        continue
      }
      segment.used += length
      this.#wrote(segment)
      for (const record of placed) record.track.stored(record, segment.sequence, from + record.at)
      return
    }
    for (const { track } of placed) track.lose()
  }

  /** The next segment with its checkpoint written, or undefined when the journal is full. */
  async #openSegment(): Promise<Segment | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const path = this.#pool.take() ?? (await this.#awaitSegment())
      if (path === undefined) return undefined
      let file: JournalFile | undefined
      try {
        file = await this.#options.disk.open(path)
        const key = this.#options.random.uint32() || 1
        const segment: Segment = { path, file, key, run: this.#run, sequence: ++this.#sequence, used: 0 }
        const checkpoint = this.#checkpoint(segment)
        await file.write(checkpoint, 0)
        segment.used = checkpoint.length
        const last = this.#segments.at(-1)
        if (last) this.#retire(last.file)
        this.#segments.push(segment)
        this.#wrote(segment)
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
    const room = this.#options.segmentBytes / 4
    const listed = 4 * this.#tracks.size <= room ? [0, ...this.#tracks.keys()] : []
    const length = HEADER_BYTES + 4 * listed.length
    const record = Buffer.alloc(paddedLength(length))
    for (const [index, number] of listed.entries()) record.writeUInt32LE(number, HEADER_BYTES + 4 * index)
    writeHeader(record, 0, length, 0, recordKind.checkpoint)
    seal(record, 0, segment)
    return record
  }

  #wrote(segment: Segment): void {
    this.#unsynced.add(segment.file)
    this.#syncTimer ??= this.#options.clock.setTimer(SYNC_MS, () => {
      this.#syncing = this.#sync().finally(() => {
        this.#syncTimer = undefined
        if (this.#unsynced.size > 0) this.#wrote(segment)
      })
    })
  }

  async #sync(): Promise<void> {
    const files = [...this.#unsynced]
    this.#unsynced.clear()
    // A disk that can't sync still has the data for a process that dies; there is no better place to put it.
    await Promise.allSettled(files.map((file) => file.sync()))
  }

  /** A segment that is full is synced with the rest and closed. */
  #retire(file: JournalFile): void {
    this.#unsynced.delete(file)
    void file
      .sync()
      .catch(() => {})
      .then(() => file.close())
      .catch(() => {})
  }

  /** Frees the segments that hold nothing of a take that lives. */
  #sweep(current: Segment | undefined): void {
    this.#sweepDue = false
    const spans = [...this.#tracks.values()]
      .map(({ span }) => span)
      .filter(([first]) => first > 0)
      .sort(([a], [b]) => a - b)
    let next = 0
    let reach = 0
    this.#segments = this.#segments.filter((segment) => {
      for (let span = spans[next]; span && span[0] <= segment.sequence; span = spans[++next])
        reach = Math.max(reach, span[1])
      const needed = segment === current || reach >= segment.sequence
      if (!needed) this.#free(segment)
      return needed
    })
  }

  #free({ path }: Segment): void {
    const clearing = this.#clear(path).finally(() => this.#clearing.delete(clearing))
    this.#clearing.add(clearing)
  }

  /** Marks a segment as free, so that recovery does not read it, and gives it back. */
  async #clear(path: string): Promise<void> {
    try {
      const file = await this.#options.disk.open(path)
      await file.write(Buffer.alloc(HEADER_BYTES), 0).finally(() => file.close())
      this.#pool.give(path)
    } catch {
      // It can't be written to: it is left for recovery, which sets it aside.
    }
  }
}
