import { RTCP } from './packet-types.ts'

/** What we use of a compound packet that was received. */
export interface ReportHeard {
  /** The sender of the compound. */
  readonly ssrc: number
  /** Middle 32 bits of the SR's NTP time, to be echoed as LSR; absent when it was an RR. */
  readonly lastReport?: number
  readonly bye: boolean
  /** What it says of the stream that was asked about. */
  readonly block?: BlockHeard
}

/** Of a report block (RFC 3550 §6.4.1). */
export interface BlockHeard {
  /** May be negative, when packets came twice. */
  readonly cumulativeLost: number
  /** In units of the stream's timestamps. */
  readonly jitter: number
  /** Middle 32 bits of the NTP time of the last SR that came there; 0: none. */
  readonly lastReport: number
  /** Since then, in 1/65536 s. */
  readonly delay: number
}

/**
 * Reads a compound packet with the checks of RFC 3550 appendix A.2: version 2 throughout, first an SR or RR without
 * padding, lengths that add up. Undefined otherwise.
 *
 * @param about SSRC of the stream whose report block is read
 */
export function readReport(bytes: Buffer, length: number, about?: number): ReportHeard | undefined {
  if (length < 8 || ((bytes[0] ?? 0) & 0xe0) !== 0x80) return undefined
  const first = bytes[1]
  if (first !== RTCP.senderReport && first !== RTCP.receiverReport) return undefined
  let bye = false
  let at = 0
  while (at < length) {
    if (at + 4 > length || (bytes[at] ?? 0) >> 6 !== 2) return undefined
    if (bytes[at + 1] === RTCP.bye) bye = true
    at += 4 * (bytes.readUInt16BE(at + 2) + 1)
  }
  if (at !== length) return undefined
  const block = about === undefined ? undefined : blockAbout(about, bytes)
  const heard = { ssrc: bytes.readUInt32BE(4), bye, ...(block && { block }) }
  if (first === RTCP.receiverReport) return heard
  return bytes.readUInt16BE(2) >= 6 ? { ...heard, lastReport: bytes.readUInt32BE(10) } : undefined
}

/** Among the blocks of the first packet, which is whole. */
function blockAbout(ssrc: number, bytes: Buffer): BlockHeard | undefined {
  const end = 4 * (bytes.readUInt16BE(2) + 1)
  const count = (bytes[0] ?? 0) & 0x1f
  const first = bytes[1] === RTCP.senderReport ? 28 : 8
  for (let at = first; at < first + 24 * count && at + 24 <= end; at += 24)
    if (bytes.readUInt32BE(at) === ssrc)
      return {
        cumulativeLost: bytes.readIntBE(at + 5, 3),
        jitter: bytes.readUInt32BE(at + 12),
        lastReport: bytes.readUInt32BE(at + 16),
        delay: bytes.readUInt32BE(at + 20),
      }
  return undefined
}
