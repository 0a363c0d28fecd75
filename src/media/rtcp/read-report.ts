import { RTCP } from './packet-types.ts'

/** What we use of a compound packet that was received. */
export interface ReportHeard {
  /** The sender of the compound. */
  readonly ssrc: number
  /** Middle 32 bits of the SR's NTP time, to be echoed as LSR; absent when it was an RR. */
  readonly lastReport?: number
  readonly bye: boolean
}

/**
 * Reads a compound packet with the checks of RFC 3550 appendix A.2: version 2 throughout, first an SR or RR without
 * padding, lengths that add up. Undefined otherwise.
 */
export function readReport(bytes: Buffer, length: number): ReportHeard | undefined {
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
  const heard = { ssrc: bytes.readUInt32BE(4), bye }
  if (first === RTCP.receiverReport) return heard
  return bytes.readUInt16BE(2) >= 6 ? { ...heard, lastReport: bytes.readUInt32BE(10) } : undefined
}
