import { MAX_DATAGRAM_BYTES } from '../socket/rtp-socket.ts'
import { MAX_OVERHEAD, Protector } from './protector.ts'
import type { MasterKey } from './suite.ts'

/** A socket may still be reading a packet when the next is written. */
const BUFFERS = 4

/** Secures one stream of ours into buffers that are lent: what it gives is to be sent before three more are asked for. */
export class Sealer {
  readonly #protector: Protector
  readonly #buffers = Array.from({ length: BUFFERS }, () => Buffer.alloc(MAX_DATAGRAM_BYTES + MAX_OVERHEAD))
  #turn = 0

  constructor(master: MasterKey) {
    this.#protector = new Protector(master)
  }

  /** What goes out in place of an RTP packet. */
  rtp(packet: Buffer, byteCount: number): Buffer {
    const into = this.#buffer()
    return into.subarray(0, this.#protector.rtp(packet, byteCount, into))
  }

  /** As `rtp`, of a compound RTCP packet. */
  rtcp(packet: Buffer): Buffer {
    const into = this.#buffer()
    return into.subarray(0, this.#protector.rtcp(packet, packet.length, into))
  }

  #buffer(): Buffer {
    this.#turn = (this.#turn + 1) % BUFFERS
    return this.#buffers[this.#turn] as Buffer
  }
}
