import { RTP_HEADER_BYTES } from '../rtp/packet.ts'
import { type Guard, LARGEST_RTCP_INDEX } from './guard.ts'
import { openGuard } from './open-guard.ts'
import { estimateIndex } from './packet-index.ts'
import type { MasterKey } from './suite.ts'

/** Makes one stream of ours secure: SRTP and SRTCP of one SSRC (RFC 3711 §3.3, §3.4). */
export class Protector {
  readonly #guard: Guard
  /** Of the last packet; none yet is NaN. */
  #index = Number.NaN
  #rtcpIndex = 0

  constructor(master: MasterKey) {
    this.#guard = openGuard(master)
  }

  /**
   * Writes the secured packet to `into`, which has room for `MAX_OVERHEAD` more bytes. A packet that was sent before is
   * never encrypted with other contents: sequence numbers go up by one, as `Outbound` makes them.
   * @param packet with the fixed header alone, as ours are
   * @returns the length of what is in `into`
   */
  rtp(packet: Buffer, length: number, into: Buffer): number {
    const sequence = packet.readUInt16BE(2)
    this.#index = Number.isNaN(this.#index) ? sequence : estimateIndex(this.#index, sequence)
    packet.copy(into, 0, 0, length)
    return this.#guard.sealRtp(into, length, RTP_HEADER_BYTES, this.#index)
  }

  /** As `rtp`, of a compound RTCP packet. */
  rtcp(packet: Buffer, length: number, into: Buffer): number {
    packet.copy(into, 0, 0, length)
    const sealed = this.#guard.sealRtcp(into, length, this.#rtcpIndex)
    // RFC 3711 §3.4: modulo 2^31; at one report in 5 s that takes 340 years.
    this.#rtcpIndex = (this.#rtcpIndex + 1) & LARGEST_RTCP_INDEX
    return sealed
  }
}

/** By how much the longest suite lengthens a packet: the tag of GCM and RTCP's trailer. */
export const MAX_OVERHEAD = 20
