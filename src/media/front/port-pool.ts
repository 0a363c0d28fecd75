import type { Random } from '../../shared/random.ts'

/** A range of UDP ports, both ends included. */
export interface PortRange {
  readonly from: number
  readonly to: number
}

const firstIn = ({ from }: PortRange) => from + (from % 2)

/** How many sessions a range has ports for. */
export const pairsIn = (range: PortRange): number =>
  Math.max(0, Math.floor((range.to + 1 - firstIn(range)) / 2))

/** A freed port is not given out again for this long: packets of its last call may still be on their way. */
export const DRAIN_MS = 4000

/**
 * The ports of all sessions in pairs: RTP on the even one, RTCP on the odd one above (RFC 3550 §11). Each
 * search begins at random: a caller learns from its ports neither those of the next call nor how many came between.
 */
export class PortPool {
  readonly #first: number
  /** Per pair the instant from which it is free; infinite while it is in use. */
  readonly #freeAt: Float64Array
  readonly #random: Random

  constructor(range: PortRange, random: Random) {
    this.#first = firstIn(range)
    this.#freeAt = new Float64Array(pairsIn(range))
    this.#random = random
  }

  /** How many pairs there are. */
  get pairs(): number {
    return this.#freeAt.length
  }

  /** Takes a pair and returns its even port; undefined when all are in use or draining. */
  take(now: number): number | undefined {
    const first = this.#random.uint32()
    for (let tried = 0; tried < this.pairs; tried++) {
      const pair = (first + tried) % this.pairs
      if ((this.#freeAt[pair] ?? 0) > now) continue
      this.#freeAt[pair] = Number.POSITIVE_INFINITY
      return this.#first + 2 * pair
    }
    return undefined
  }

  /** Gives a pair back; it drains before it is taken again. */
  free(port: number, now: number): void {
    this.#freeAt[(port - this.#first) / 2] = now + DRAIN_MS
  }
}
