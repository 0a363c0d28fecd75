import type { Clock, Timer } from '../../../shared/clock.ts'
import { LINKS, linksBytes, PACKET_HEADER_BYTES } from './audio-record.ts'
import { HEADER_BYTES, paddedLength } from './record.ts'
import { SegmentLog, type SegmentLogOptions } from './segment-log.ts'
import { type Placed, Track } from './track.ts'

/** A process that is killed loses what came since the last flush, so this and a slow write make up the 0.5 s. */
const FLUSH_MS = 100
/** One write, and one turn of the media thread: about 300 takes, 0.3 ms. */
const BATCH_BYTES = 256 * 1024
/** What may wait for a disk that stalls: in one take (7 s of G.711) and in all. */
const WAITING_BYTES_PER_TAKE = 64 * 1024
const WAITING_BYTES = 32 * 1024 * 1024

export type JournalOptions = Omit<SegmentLogOptions, 'living'>

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
 * The journal of one worker. What was appended is written at the next flush in one piece; one write is under way at a
 * time, and while it lasts packets wait in their tracks.
 */
export class Journal {
  readonly #clock: Clock
  readonly #batch: Buffer
  readonly #trackBytes: number
  #log!: SegmentLog
  #tracks = new Map<number, Track>()
  #trackCount = 0
  #waitingBytes = 0
  /** Tracks with something to write: at once, in the flush under way, in the next flush. */
  #urgent = new Set<Track>()
  #due = new Set<Track>()
  #dirty = new Set<Track>()
  #writing: Promise<void> | undefined
  #flushTimer: Timer | undefined
  #sweepDue = false

  private constructor({ clock, segmentBytes }: JournalOptions) {
    this.#clock = clock
    this.#batch = Buffer.alloc(Math.min(BATCH_BYTES, segmentBytes >> 2) & ~7)
    this.#trackBytes = Math.min(
      WAITING_BYTES_PER_TAKE,
      this.#batch.length - 2 * HEADER_BYTES - linksBytes(LINKS),
    )
  }

  static async open(options: JournalOptions): Promise<Journal> {
    const journal = new Journal(options)
    journal.#log = await SegmentLog.open({ ...options, living: () => journal.#tracks.keys() })
    return journal
  }

  /** Nothing more can be written: the free segments are used up and no new one could be made. */
  get full(): boolean {
    return this.#log.isFullFor(this.#batch.length)
  }

  /** Bytes of the largest body that a start record may have. */
  get largestStart(): number {
    return this.#trackBytes
  }

  get freeBytes(): number {
    return this.#log.freeBytes
  }

  /** Why the last new segment could not be made, until one can. */
  get failure(): unknown {
    return this.#log.failure
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
    return {
      run: this.#log.run,
      take: track.number,
      links: track.links,
      segments: this.#log.paths(track.span),
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
    this.#flush()
    while (this.#writing) await this.#writing
    await this.#log.close()
    // After a clean end nothing is left for recovery to read.
    this.#sweep(true)
    await this.#log.settled()
  }

  #touch(track: Track): void {
    this.#dirty.add(track)
    this.#armFlush()
  }

  #armFlush(): void {
    this.#flushTimer ??= this.#clock.setTimer(FLUSH_MS, () => this.#flush())
  }

  #flush(): void {
    this.#flushTimer = undefined
    if (this.#sweepDue) this.#sweep(false)
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

  async #store({
    placed,
    length,
  }: {
    readonly placed: readonly Placed[]
    readonly length: number
  }): Promise<void> {
    const place = await this.#log.append(
      this.#batch.subarray(0, length),
      placed.map(({ at }) => at),
    )
    for (const record of placed) {
      if (place) record.track.stored(record, place.sequence, place.from + record.at)
      else {
        this.#waitingBytes -= record.track.waitingBytes
        record.track.lose()
      }
    }
  }

  #sweep(evenCurrent: boolean): void {
    this.#sweepDue = false
    const spans = [...this.#tracks.values()].map(({ span }) => span).filter(([first]) => first > 0)
    this.#log.sweep(spans, evenCurrent)
  }
}
