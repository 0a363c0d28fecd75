/** The fixed header of RTP (RFC 3550 §5.1) without CSRCs, as we send it. */
export const RTP_HEADER_BYTES = 12

/** What is read from a packet. One object is filled again and again: packets come 50 times a second per call. */
export interface RtpPacket {
  payloadType: number
  marker: boolean
  sequence: number
  timestamp: number
  ssrc: number
  /** The payload is bytes `payloadStart` to `payloadEnd` (exclusive): after CSRCs and extension, before the padding. */
  payloadStart: number
  payloadEnd: number
}

export const emptyRtpPacket = (): RtpPacket => ({
  payloadType: 0,
  marker: false,
  sequence: 0,
  timestamp: 0,
  ssrc: 0,
  payloadStart: 0,
  payloadEnd: 0,
})

/**
 * Reads `length` bytes as an RTP packet into `into`. False when they are not one by the header checks of RFC 3550
 * appendix A.1; `into` is then undefined.
 */
export function parseRtp(bytes: Buffer, length: number, into: RtpPacket): boolean {
  if (length < RTP_HEADER_BYTES) return false
  const first = bytes[0] ?? 0
  if (first >> 6 !== 2) return false // RFC 3550 §5.1: version 2
  let start = RTP_HEADER_BYTES + 4 * (first & 0x0f)
  let end = length
  if (first & 0x10) {
    // RFC 3550 §5.3.1: 16 bits of profile, then the extension's length in 32-bit words
    if (start + 4 > end) return false
    start += 4 + 4 * bytes.readUInt16BE(start + 2)
  }
  if (start > end) return false
  if (first & 0x20) {
    // RFC 3550 §5.1: the last byte counts the padding, itself included
    const padding = bytes[end - 1] ?? 0
    if (padding === 0 || padding > end - start) return false
    end -= padding
  }
  const second = bytes[1] ?? 0
  into.marker = second >= 0x80
  into.payloadType = second & 0x7f
  into.sequence = bytes.readUInt16BE(2)
  into.timestamp = bytes.readUInt32BE(4)
  into.ssrc = bytes.readUInt32BE(8)
  into.payloadStart = start
  into.payloadEnd = end
  return true
}

/** Writes the fixed header into the first 12 bytes (RFC 3550 §5.1). */
export function writeRtpHeader(
  bytes: Buffer,
  marker: boolean,
  payloadType: number,
  sequence: number,
  timestamp: number,
  ssrc: number,
): void {
  bytes[0] = 0x80
  bytes[1] = marker ? payloadType | 0x80 : payloadType
  bytes.writeUInt16BE(sequence, 2)
  bytes.writeUInt32BE(timestamp, 4)
  bytes.writeUInt32BE(ssrc, 8)
}

/** How far sequence `b` is ahead of `a`, modulo 2^16: −32768…32767. */
export const sequenceAhead = (a: number, b: number): number => ((b - a) << 16) >> 16

/** How far timestamp `b` is ahead of `a`, modulo 2^32. */
export const timestampAhead = (a: number, b: number): number => (b - a) | 0
