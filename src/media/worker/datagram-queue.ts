import type { Endpoint } from '../rtp/latch.ts'
import { MAX_DATAGRAM_BYTES } from '../socket/rtp-socket.ts'

/** A datagram that was looked at before its turn. */
interface Kept {
  readonly bytes: Buffer
  length: number
  source: Endpoint
  arrivedAt: number
  overheard: boolean
}

/** Datagrams that wait for their turn; their memory is used again. */
export class DatagramQueue {
  readonly #kept: Kept[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  keep(bytes: Buffer, length: number, source: Endpoint, arrivedAt: number, overheard: boolean): void {
    const free = this.#kept[this.#length++]
    if (!free) {
      const copy = Buffer.alloc(MAX_DATAGRAM_BYTES)
      bytes.copy(copy, 0, 0, length)
      this.#kept.push({ bytes: copy, length, source, arrivedAt, overheard })
      return
    }
    bytes.copy(free.bytes, 0, 0, length)
    Object.assign(free, { length, source, arrivedAt, overheard })
  }

  /** Hands out all of them, in the order in which they came. Returns how many. */
  empty(
    take: (bytes: Buffer, length: number, source: Endpoint, arrivedAt: number, overheard: boolean) => void,
  ): number {
    const count = this.#length
    for (let i = 0; i < count; i++) {
      const kept = this.#kept[i]
      if (kept) take(kept.bytes, kept.length, kept.source, kept.arrivedAt, kept.overheard)
    }
    this.#length = 0
    return count
  }
}
