/** How far behind the newest audio a packet may come and still find its place. */
export const REORDER_MS = 1000

/** A timestamp that runs ahead of its arrival by more than this in one step is a new timestamp base. */
const JUMP_AHEAD_MS = 2000
/** One that falls behind by more: longer than a network holds packets back and then delivers them in one burst. */
const JUMP_BACK_MS = 4000
/** How far the audio may run ahead of real time (a burst after a stall) before the rest of it is refused. */
const LEAD_MS = 5000
/** Sender's clocks that are fast by up to 1/128 are still honest. */
const DRIFT = 1 / 128

/**
 * Puts RTP packets on the time axis of a recording: gaps stay gaps, whatever made them (loss, DTX, hold), and the
 * length is right.
 *
 * The place follows the RTP timestamp (RFC 3550 §5.1), so jitter, reordering and clock drift move nothing. A change of
 * SSRC and a timestamp that can't be explained by the time that passed start a new base, which is anchored by arrival.
 * Audio can't outrun real time by more than 5 s, so neither a flood nor a forged timestamp makes a file grow.
 *
 * Positions are samples from the first packet; packets that overtook it have negative ones.
 */
export class Timeline {
  readonly #perMs: number
  #any = false
  #ssrc = 0
  /** The packet with the newest audio: the reference for the next one. */
  #timestamp = 0
  #position = 0
  #arrivedMs = 0
  #newest = 0
  /** Bit n: sequence number `newest − n` was there. */
  #seen = 0
  #start = 0
  #end = 0

  /** @param clockRate samples and RTP timestamp units a second */
  constructor(clockRate: number) {
    this.#perMs = clockRate / 1000
  }

  /** Position of the earliest sample: 0, or less. Final once the audio is longer than `REORDER_MS`. */
  get start(): number {
    return this.#start
  }

  /** Samples from the earliest to the latest, gaps included. */
  get length(): number {
    return this.#end - this.#start
  }

  /**
   * @param arrivedMs since the first packet, never decreasing
   * @param samples in the payload
   * @returns the position of its first sample, or undefined: a duplicate, too late, or faster than real time
   */
  place(
    arrivedMs: number,
    sequence: number,
    timestamp: number,
    ssrc: number,
    samples: number,
  ): number | undefined {
    if (!this.#any) {
      this.#any = true
      this.#ssrc = ssrc
      return this.#accept(0, arrivedMs, sequence, timestamp, samples)
    }
    const passedMs = arrivedMs - this.#arrivedMs
    const step = (timestamp - this.#timestamp) | 0
    const aheadMs = step / this.#perMs - passedMs
    if (ssrc !== this.#ssrc || aheadMs > JUMP_AHEAD_MS || aheadMs < -JUMP_BACK_MS) {
      const position = Math.max(this.#end, this.#position + Math.floor(passedMs * this.#perMs))
      if (this.#outruns(position + samples, arrivedMs)) return undefined
      this.#ssrc = ssrc
      this.#seen = 0
      return this.#accept(position, arrivedMs, sequence, timestamp, samples)
    }
    const position = this.#position + step
    if (position + samples <= this.#end) {
      if (position < this.#end - REORDER_MS * this.#perMs || this.#isDuplicate(sequence)) return undefined
    } else if (this.#outruns(position + samples, arrivedMs)) return undefined
    return this.#accept(position, arrivedMs, sequence, timestamp, samples)
  }

  #outruns(end: number, arrivedMs: number): boolean {
    return end > (arrivedMs * (1 + DRIFT) + LEAD_MS) * this.#perMs
  }

  #isDuplicate(sequence: number): boolean {
    const behind = (this.#newest - sequence) & 0xffff
    return behind < 32 && (this.#seen & (1 << behind)) !== 0
  }

  #accept(position: number, arrivedMs: number, sequence: number, timestamp: number, samples: number): number {
    if (position < this.#start) this.#start = position
    if (position + samples > this.#end) {
      this.#end = position + samples
      this.#position = position
      this.#timestamp = timestamp
      this.#arrivedMs = arrivedMs
      const on = (sequence - this.#newest) & 0xffff
      this.#seen = this.#seen !== 0 && on < 32 ? (this.#seen << on) | 1 : 1
      this.#newest = sequence
    } else {
      const behind = (this.#newest - sequence) & 0xffff
      if (behind < 32) this.#seen |= 1 << behind
    }
    return position
  }
}
