import type { SdesSecurity } from '../engine.ts'
import { REFUSED } from './guard.ts'
import { Sealer } from './sealer.ts'
import type { MasterKey } from './suite.ts'
import { Unprotector } from './unprotector.ts'

/** One key with what reads by it. */
interface Reader {
  readonly master: MasterKey
  readonly unprotector: Unprotector
}

/** Secures what a session sends and reads what it gets, by keys of its session descriptions (RFC 4568). */
export class SdesLink {
  #sending: MasterKey
  #sealer: Sealer
  #reader: Reader
  /** The key before, while packets by it are still under way (RFC 4568 §7.1.4). */
  #former: Reader | undefined

  constructor({ send, receive }: SdesSecurity) {
    this.#sending = send
    this.#sealer = new Sealer(send)
    this.#reader = { master: receive, unprotector: new Unprotector(receive) }
  }

  /** Follows a new negotiation. What has the same key keeps its roll-over counter and what it saw (RFC 4568 §7.1.4). */
  settle({ send, receive }: SdesSecurity): void {
    if (!same(send, this.#sending)) {
      this.#sending = send
      this.#sealer = new Sealer(send)
    }
    const { master, unprotector } = this.#reader
    if (same(receive, master)) return
    this.#former = this.#reader
    this.#reader = { master: receive, unprotector: new Unprotector(receive, unprotector) }
  }

  /** What goes out in place of an RTP packet; see `Sealer`. */
  sealRtp(packet: Buffer, byteCount: number): Buffer {
    return this.#sealer.rtp(packet, byteCount)
  }

  sealRtcp(packet: Buffer): Buffer {
    return this.#sealer.rtcp(packet)
  }

  /** Decrypts where it is. @returns the length of the plain packet, or REFUSED */
  openRtp(bytes: Buffer, length: number): number {
    const plain = this.#reader.unprotector.rtp(bytes, length)
    if (plain !== REFUSED) this.#former = undefined
    else if (this.#former) return this.#former.unprotector.rtp(bytes, length)
    return plain
  }

  openRtcp(bytes: Buffer, length: number): number {
    const plain = this.#reader.unprotector.rtcp(bytes, length)
    return plain === REFUSED && this.#former ? this.#former.unprotector.rtcp(bytes, length) : plain
  }
}

function same(one: MasterKey, other: MasterKey): boolean {
  return (
    one.suite === other.suite &&
    equal(one.key, other.key) &&
    equal(one.salt, other.salt) &&
    equal(one.mki ?? NONE, other.mki ?? NONE)
  )
}

const NONE = new Uint8Array(0)
const equal = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
