/**
 * How a suite makes a packet secret and safe, and how it reads one. Packets are changed where they are; what must be
 * remembered between them (indices, what came already) is others' affair: see protector.ts and unprotector.ts.
 */
export interface Guard {
  /** How much longer a packet becomes. */
  readonly rtpOverhead: number
  readonly rtcpOverhead: number
  /**
   * Encrypts an RTP packet of `length` bytes from `payloadStart` on and adds the tag, for which there must be room.
   * @param index the packet's 48 bits of roll-over counter and sequence number (RFC 3711 §3.3.1)
   * @returns the new length
   */
  sealRtp(packet: Buffer, length: number, payloadStart: number, index: number): number
  /** Verifies and decrypts. @returns the plain packet's length, or REFUSED, and then the bytes are as they were */
  openRtp(packet: Buffer, length: number, payloadStart: number, index: number): number
  /** As `sealRtp`, of a compound RTCP packet. @param index 31 bits, which travel with the packet (RFC 3711 §3.4) */
  sealRtcp(packet: Buffer, length: number, index: number): number
  /** As `openRtp`. @param trailer the packet's E flag and index, as `rtcpTrailer` read them */
  openRtcp(packet: Buffer, length: number, trailer: number): number
  /** Where the E flag and the index are in a packet of `length` bytes. */
  rtcpTrailerAt(length: number): number
}

/** The length of a packet that is none: forged, broken, or seen before. */
export const REFUSED = -1

/** RFC 3711 §3.4: the header of RTCP that stays readable, the first packet's with its SSRC. */
export const RTCP_HEADER_BYTES = 8
/** RFC 3711 §3.4: E flag (it is encrypted) and index. */
export const ENCRYPTED = 0x8000_0000
export const TRAILER_BYTES = 4
export const LARGEST_RTCP_INDEX = 0x7fff_ffff
