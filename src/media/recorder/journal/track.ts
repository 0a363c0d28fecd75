import { LINKS, linksBytes, PACKET_HEADER_BYTES, writeLinks, writePacket } from './audio-record.ts'
import { HEADER_BYTES, paddedLength, type RecordKind, recordKind, writeHeader } from './record.ts'

/** Room for 200 ms of G.711: two flushes. It grows while the disk is slow. */
const USUAL_BYTES = 2048

/** A record that was copied for writing; the track learns where it came to stand. */
export interface Placed {
  readonly track: Track
  readonly kind: RecordKind
  /** In the batch. */
  readonly at: number
  /** The track's mark once this record is stored. */
  readonly mark: number
}

/**
 * One take as the journal sees it: what waits to be written, and where the written records are.
 *
 * Its records are written in the order start, audio…, end, release.
 */
export class Track {
  readonly number: number
  /** The place of the audio that is stored: of the last audio records, and through their links of all. */
  readonly #links = new Uint32Array(2 * LINKS)
  #linkCount = 0
  #firstSequence = 0
  #lastSequence = 0

  #start: Buffer | undefined
  #waiting!: Buffer
  #view!: DataView
  #waitingBytes = 0
  #mark = 0
  #storedMark = 0
  #end: Buffer | undefined
  #release = false
  #full = false
  readonly #onFull: () => void
  #ended: ((stored: boolean) => void) | undefined

  /**
   * @param start body of the start record
   * @param onFull nothing more of the take can be stored; said once
   */
  constructor(number: number, start: Buffer, onFull: () => void) {
    this.number = number
    this.#start = start
    this.#onFull = onFull
    this.#allocate(USUAL_BYTES)
  }

  get full(): boolean {
    return this.#full
  }

  get waitingBytes(): number {
    return this.#waitingBytes
  }

  /** The mark given with the last packet that is in the journal; 0: none is. */
  get storedMark(): number {
    return this.#storedMark
  }

  /** Sequences of the first and last segment with records of the take; [0, 0]: none. */
  get span(): readonly [first: number, last: number] {
    return [this.#firstSequence, this.#lastSequence]
  }

  get links(): Uint32Array {
    return this.#links.slice(0, 2 * this.#linkCount)
  }

  get hasWork(): boolean {
    return (
      !this.#full &&
      (this.#start !== undefined || this.#waitingBytes > 0 || this.#end !== undefined || this.#release)
    )
  }

  append(
    arrivedMs: number,
    sequence: number,
    timestamp: number,
    ssrc: number,
    payload: Uint8Array,
    mark: number,
  ): void {
    const need = this.#waitingBytes + PACKET_HEADER_BYTES + payload.length
    if (need > this.#waiting.length) this.#grow(need)
    this.#waitingBytes = writePacket(
      this.#waiting,
      this.#view,
      this.#waitingBytes,
      arrivedMs,
      sequence,
      timestamp,
      ssrc,
      payload,
    )
    this.#mark = mark
  }

  /** Resolves when the end record is stored (true), or can't be (false). */
  end(body: Buffer): Promise<boolean> {
    if (this.#full) return Promise.resolve(false)
    this.#end = body
    return new Promise((resolve) => {
      this.#ended = resolve
    })
  }

  /** The release record follows. False when no record of the take was ever written. */
  release(): boolean {
    this.#release = this.#firstSequence > 0
    return this.#release && !this.#full
  }

  /**
   * Copies the next record that waits into the batch.
   * @returns undefined when nothing waits or it does not fit
   */
  copyNext(batch: Buffer, at: number): Placed | undefined {
    const kind = this.#nextKind()
    if (kind === undefined) return undefined
    if (kind === recordKind.audio) return this.#copyAudio(batch, at)
    const body = kind === recordKind.start ? this.#start : kind === recordKind.end ? this.#end : undefined
    const length = HEADER_BYTES + (body?.length ?? 0)
    if (at + paddedLength(length) > batch.length) return undefined
    body?.copy(batch, at + HEADER_BYTES)
    writeHeader(batch, at, length, this.number, kind)
    if (kind === recordKind.start) this.#start = undefined
    else if (kind === recordKind.end) this.#end = undefined
    else this.#release = false
    return { track: this, kind, at, mark: this.#storedMark }
  }

  #nextKind(): RecordKind | undefined {
    if (this.#full) return undefined
    if (this.#start) return recordKind.start
    if (this.#waitingBytes > 0) return recordKind.audio
    if (this.#end) return recordKind.end
    return this.#release ? recordKind.release : undefined
  }

  #copyAudio(batch: Buffer, at: number): Placed | undefined {
    // The 64 places before this record go into it, and the memory for them is free again (see audio-record.ts).
    const links = this.#links.subarray(0, this.#linkCount === LINKS ? 2 * LINKS : 0)
    const length = HEADER_BYTES + linksBytes(links.length / 2) + this.#waitingBytes
    if (at + paddedLength(length) > batch.length) return undefined
    const from = writeLinks(batch, at + HEADER_BYTES, links)
    this.#waiting.copy(batch, from, 0, this.#waitingBytes)
    writeHeader(batch, at, length, this.number, recordKind.audio)
    this.#waitingBytes = 0
    if (this.#waiting.length > USUAL_BYTES) this.#allocate(USUAL_BYTES)
    return { track: this, kind: recordKind.audio, at, mark: this.#mark }
  }

  /** A record of this track stands in the journal. */
  stored({ kind, mark }: Placed, sequence: number, offset: number): void {
    this.#firstSequence ||= sequence
    this.#lastSequence = sequence
    if (kind === recordKind.end) this.#ended?.(true)
    if (kind !== recordKind.audio) return
    if (this.#linkCount === LINKS) this.#linkCount = 0
    this.#links[2 * this.#linkCount] = sequence
    this.#links[2 * this.#linkCount + 1] = offset
    this.#linkCount++
    this.#storedMark = mark
  }

  /** A record could not be stored because the journal is full: nothing after it can be. */
  lose(): void {
    if (this.#full) return
    this.#full = true
    this.#waitingBytes = 0
    this.#onFull()
    this.#ended?.(false)
  }

  #grow(need: number): void {
    const smaller = this.#waiting
    this.#allocate(Math.max(need, 2 * smaller.length))
    smaller.copy(this.#waiting, 0, 0, this.#waitingBytes)
  }

  #allocate(bytes: number): void {
    this.#waiting = Buffer.allocUnsafeSlow(bytes)
    this.#view = new DataView(this.#waiting.buffer)
  }
}
