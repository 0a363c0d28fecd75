import { RTP_HEADER_BYTES } from '../rtp/packet.ts'
import { type Guard, LARGEST_RTCP_INDEX, REFUSED, RTCP_HEADER_BYTES } from './guard.ts'
import { openGuard } from './open-guard.ts'
import { estimateIndex } from './packet-index.ts'
import { ReplayWindow } from './replay-window.ts'
import type { MasterKey } from './suite.ts'

/** A call has one source at a time, and a few more when it is put through. To forget one would let its packets in again. */
const MAX_SOURCES = 64

/** Reads what the other side secured, from whatever SSRC, in place. What is forged, broken or repeated is refused. */
export class Unprotector {
  readonly #guard: Guard
  readonly #rtp = new Map<number, ReplayWindow>()
  readonly #rtcp = new Map<number, ReplayWindow>()
  /** How far sources had come by the key before. */
  readonly #former: ReadonlyMap<number, number>

  /** @param former what read the same sources until their key was changed */
  constructor(master: MasterKey, former?: Unprotector) {
    this.#guard = openGuard(master)
    this.#former = former?.latest ?? new Map()
  }

  /** The highest index of each source so far. */
  get latest(): ReadonlyMap<number, number> {
    return new Map([...this.#rtp].map(([ssrc, { highest }]) => [ssrc, highest]))
  }

  /** @returns the length of the plain packet, or REFUSED, and then the bytes are as they were */
  rtp(bytes: Buffer, length: number): number {
    const payloadStart = payloadStartOf(bytes, length)
    if (payloadStart === REFUSED) return REFUSED
    const sequence = bytes.readUInt16BE(2)
    const ssrc = bytes.readUInt32BE(8)
    const window = windowOf(this.#rtp, ssrc)
    if (!window) return REFUSED
    for (const index of this.#indices(window, ssrc, sequence)) {
      if (index < 0 || !window.admits(index)) continue
      const plain = this.#guard.openRtp(bytes, length, payloadStart, index)
      if (plain === REFUSED) continue
      window.take(index)
      this.#rtp.set(ssrc, window)
      return plain
    }
    return REFUSED
  }

  /**
   * What a packet's index may be. A source's first packet has roll-over counter 0; but when its key was changed, the counter
   * goes on (RFC 3711 §3.3.1) or begins anew (RFC 4568 §7.1.4), as its maker has read the one or the other.
   */
  #indices(window: ReplayWindow, ssrc: number, sequence: number): readonly number[] {
    if (window.highest >= 0) return [estimateIndex(window.highest, sequence)]
    const former = this.#former.get(ssrc)
    return former === undefined ? [sequence] : [...new Set([estimateIndex(former, sequence), sequence])]
  }

  /** As `rtp`, of a compound RTCP packet. */
  rtcp(bytes: Buffer, length: number): number {
    const trailerAt = this.#guard.rtcpTrailerAt(length)
    if (trailerAt < RTCP_HEADER_BYTES) return REFUSED
    const ssrc = bytes.readUInt32BE(4)
    const window = windowOf(this.#rtcp, ssrc)
    if (!window) return REFUSED
    const trailer = bytes.readUInt32BE(trailerAt)
    const index = trailer & LARGEST_RTCP_INDEX
    if (!window.admits(index)) return REFUSED
    const plain = this.#guard.openRtcp(bytes, length, trailer)
    if (plain === REFUSED) return REFUSED
    window.take(index)
    this.#rtcp.set(ssrc, window)
    return plain
  }
}

/** What came of this source; a new window is kept only once a packet was found genuine. */
function windowOf(windows: ReadonlyMap<number, ReplayWindow>, ssrc: number): ReplayWindow | undefined {
  return windows.get(ssrc) ?? (windows.size < MAX_SOURCES ? new ReplayWindow() : undefined)
}

/** RFC 3711 §3.1: what is encrypted begins after CSRCs and extension (RFC 3550 §5.1). */
function payloadStartOf(bytes: Buffer, length: number): number {
  const first = bytes[0] ?? 0
  if (length < RTP_HEADER_BYTES || first >> 6 !== 2) return REFUSED
  const start = RTP_HEADER_BYTES + 4 * (first & 0x0f)
  if (!(first & 0x10)) return start <= length ? start : REFUSED
  if (start + 4 > length) return REFUSED
  const end = start + 4 + 4 * bytes.readUInt16BE(start + 2)
  return end <= length ? end : REFUSED
}
