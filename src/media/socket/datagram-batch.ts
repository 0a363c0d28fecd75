import type { Libc } from './libc.ts'
import { MAX_DATAGRAM_BYTES } from './rtp-socket.ts'
import { MAX_ADDRESS_BYTES } from './socket-address.ts'

/** Datagrams taken from the kernel by one call. A call's packets come one by one, so a larger batch gains nothing. */
export const BATCH = 8

const HEADER_BYTES = 64 // struct mmsghdr
const IOVEC_BYTES = 16
const NAME_BYTES = 32
const CONTROL_BYTES = 64
const MSG_DONTWAIT = 0x40
const SOL_SOCKET = 1
const SCM_TIMESTAMPNS = 35

/**
 * The memory into which recvmmsg(2) writes: headers, sources, arrival times and datagrams of a batch, laid out as
 * 64-bit Linux has them. One serves all the sockets of a family on a thread, since each empties it before the next.
 */
export class DatagramBatch {
  readonly #libc: Libc
  readonly #headers = Buffer.alloc(BATCH * HEADER_BYTES)
  readonly #iovecs = Buffer.alloc(BATCH * IOVEC_BYTES)
  readonly #names = Buffer.alloc(BATCH * NAME_BYTES)
  readonly #controls = Buffer.alloc(BATCH * CONTROL_BYTES)
  readonly #bytes: readonly Buffer[] = Array.from({ length: BATCH }, () => Buffer.alloc(MAX_DATAGRAM_BYTES))
  readonly #sources: readonly Buffer[]

  constructor(libc: Libc) {
    this.#libc = libc
    this.#sources = Array.from({ length: BATCH }, (_, i) =>
      this.#names.subarray(i * NAME_BYTES, i * NAME_BYTES + MAX_ADDRESS_BYTES),
    )
    for (const [i, bytes] of this.#bytes.entries()) {
      this.#point(this.#iovecs, i * IOVEC_BYTES, bytes, 0, MAX_DATAGRAM_BYTES)
      this.#point(this.#headers, i * HEADER_BYTES, this.#names, i * NAME_BYTES, 0)
      this.#point(this.#headers, i * HEADER_BYTES + 16, this.#iovecs, i * IOVEC_BYTES, 1)
      this.#point(this.#headers, i * HEADER_BYTES + 32, this.#controls, i * CONTROL_BYTES, 0)
      this.#reset(i)
    }
  }

  /** Takes up to `most` (at most `BATCH`) datagrams from a socket without waiting. Returns how many; 0 when it fails. */
  receive(fd: number, most: number): number {
    return Math.max(0, this.#libc.recvmmsg(fd, this.#headers, most, MSG_DONTWAIT, null))
  }

  bytes(i: number): Buffer {
    return this.#bytes[i] as Buffer
  }

  /** The source as a sockaddr; the next `receive` overwrites it. */
  source(i: number): Buffer {
    return this.#sources[i] as Buffer
  }

  /**
   * Length of a datagram; the header is made ready for the next. A longer one is cut, which its RTP length then shows.
   */
  take(i: number): number {
    this.#reset(i)
    return this.#headers.readUInt32LE(i * HEADER_BYTES + 56)
  }

  /** When the kernel took the datagram in: wall time in ms with fraction; NaN if it did not say. */
  arrivedWallAt(i: number): number {
    const at = i * CONTROL_BYTES
    if (this.#controls.readUInt32LE(at + 8) !== SOL_SOCKET) return Number.NaN
    if (this.#controls.readUInt32LE(at + 12) !== SCM_TIMESTAMPNS) return Number.NaN
    const seconds = this.#controls.readUInt32LE(at + 16) + this.#controls.readUInt32LE(at + 20) * 2 ** 32
    return seconds * 1000 + this.#controls.readUInt32LE(at + 24) / 1e6
  }

  /** The kernel writes back how much it used of the name and the control data. */
  #reset(i: number): void {
    this.#headers.writeUInt32LE(MAX_ADDRESS_BYTES, i * HEADER_BYTES + 8)
    this.#headers.writeUInt32LE(CONTROL_BYTES, i * HEADER_BYTES + 40)
  }

  #point(from: Buffer, at: number, to: Buffer, offset: number, size: number): void {
    from.writeBigUInt64LE(this.#libc.addressOf(to) + BigInt(offset), at)
    from.writeBigUInt64LE(BigInt(size), at + 8)
  }
}
