const BUCKET_MS = 5
const BUCKETS = 100
/** The share of packets that shall come in time. */
const QUANTILE = 0.97
/** What a packet's delay weighs after one more: half after 46 packets, about a second. */
const FORGET = 0.985
/** The least transit is taken over this and up to twice this, so that a drifting clock is followed. */
const WINDOW_MS = 10_000

/**
 * How late packets come, compared with the fastest of the last seconds: a histogram that forgets. Transits are
 * arrival minus timestamp, in ms, from any origin.
 */
export class DelayEstimate {
  readonly #histogram = new Float64Array(BUCKETS)
  #windowEndsAt = Number.NEGATIVE_INFINITY
  #least = Number.POSITIVE_INFINITY
  #leastBefore = Number.POSITIVE_INFINITY

  add(transitMs: number, now: number): void {
    if (now >= this.#windowEndsAt) {
      this.#leastBefore = this.#least
      this.#least = Number.POSITIVE_INFINITY
      this.#windowEndsAt = now + WINDOW_MS
    }
    this.#least = Math.min(this.#least, transitMs)
    const late = Math.floor((transitMs - this.leastTransitMs) / BUCKET_MS)
    for (let bucket = 0; bucket < BUCKETS; bucket++) this.#histogram[bucket] = FORGET * this.#at(bucket)
    const bucket = Math.min(late, BUCKETS - 1)
    this.#histogram[bucket] = this.#at(bucket) + (1 - FORGET)
  }

  /** The transit of the fastest packet. */
  get leastTransitMs(): number {
    return Math.min(this.#least, this.#leastBefore)
  }

  /** The delay past the fastest packet by which nearly all packets have come. */
  get delayMs(): number {
    let total = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) total += this.#at(bucket)
    let sum = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      sum += this.#at(bucket)
      if (sum >= QUANTILE * total) return bucket === 0 ? 0 : (bucket + 1) * BUCKET_MS
    }
    return BUCKETS * BUCKET_MS
  }

  #at(bucket: number): number {
    return this.#histogram[bucket] ?? 0
  }
}
