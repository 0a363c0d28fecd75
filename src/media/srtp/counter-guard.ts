import { type Cipheriv, createCipheriv } from 'node:crypto'
import type { SessionKeys } from './derive-keys.ts'
import {
  ENCRYPTED,
  type Guard,
  LARGEST_RTCP_INDEX,
  REFUSED,
  RTCP_HEADER_BYTES,
  TRAILER_BYTES,
} from './guard.ts'
import { HmacSha1 } from './hmac-sha1.ts'
import type { Suite } from './suite.ts'

const ROC_BYTES = 4
const BLOCK_BYTES = 16
/** Counters for the longest datagram that is looked at. */
const MAX_BLOCKS = 128

/** AES in counter mode with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1). */
export function counterGuard(suite: Suite, rtp: SessionKeys, rtcp: SessionKeys): Guard {
  const rtpTag = suite.rtpTagBytes
  const rtcpTag = suite.rtcpTagBytes
  const rtpStream = new Keystream(rtp.encryption, rtp.salt)
  const rtcpStream = new Keystream(rtcp.encryption, rtcp.salt)
  const rtpMac = new HmacSha1(rtp.authentication)
  const rtcpMac = new HmacSha1(rtcp.authentication)
  const came = Buffer.alloc(Math.max(rtpTag, rtcpTag))
  const wanted = Buffer.alloc(came.length)

  return {
    rtpOverhead: rtpTag,
    rtcpOverhead: TRAILER_BYTES + rtcpTag,

    sealRtp(packet, length, payloadStart, index) {
      rtpStream.apply(packet, payloadStart, length, packet.readUInt32BE(8), index)
      // RFC 3711 §4.2: the roll-over counter is signed but not sent; the tag then takes its place.
      packet.writeUInt32BE(Math.floor(index / 0x1_0000), length)
      rtpMac.sign(packet, length + ROC_BYTES, packet, length, rtpTag)
      return length + rtpTag
    },

    openRtp(packet, length, payloadStart, index) {
      const end = length - rtpTag
      if (end < payloadStart) return REFUSED
      packet.copy(came, 0, end, length)
      packet.writeUInt32BE(Math.floor(index / 0x1_0000), end)
      rtpMac.sign(packet, end + ROC_BYTES, wanted, 0, rtpTag)
      if (!equal(came, wanted, rtpTag)) {
        came.copy(packet, end, 0, rtpTag)
        return REFUSED
      }
      rtpStream.apply(packet, payloadStart, end, packet.readUInt32BE(8), index)
      return end
    },

    sealRtcp(packet, length, index) {
      rtcpStream.apply(packet, RTCP_HEADER_BYTES, length, packet.readUInt32BE(4), index)
      packet.writeUInt32BE(ENCRYPTED + index, length)
      rtcpMac.sign(packet, length + TRAILER_BYTES, packet, length + TRAILER_BYTES, rtcpTag)
      return length + TRAILER_BYTES + rtcpTag
    },

    openRtcp(packet, length, trailer) {
      const signed = length - rtcpTag
      const end = signed - TRAILER_BYTES
      if (end < RTCP_HEADER_BYTES) return REFUSED
      packet.copy(came, 0, signed, length)
      rtcpMac.sign(packet, signed, wanted, 0, rtcpTag)
      if (!equal(came, wanted, rtcpTag)) return REFUSED
      if (trailer >= ENCRYPTED) {
        const index = trailer & LARGEST_RTCP_INDEX
        rtcpStream.apply(packet, RTCP_HEADER_BYTES, end, packet.readUInt32BE(4), index)
      }
      return end
    },

    rtcpTrailerAt: (length) => length - rtcpTag - TRAILER_BYTES,
  }
}

/** In a time that does not tell where they differ. */
function equal(a: Buffer, b: Buffer, byteCount: number): boolean {
  let difference = 0
  for (let i = 0; i < byteCount; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/**
 * AES in counter mode for packet after packet: all counters of a packet go through one AES-ECB that is kept. To set up
 * node:crypto's CTR for each packet would cost three times as much.
 */
export class Keystream {
  readonly #cipher: Cipheriv
  readonly #counters = Buffer.alloc(MAX_BLOCKS * BLOCK_BYTES)
  readonly #view = new DataView(this.#counters.buffer, this.#counters.byteOffset, this.#counters.length)
  readonly #salt: readonly [number, number, number, number]

  constructor(key: Buffer, salt: Buffer) {
    this.#cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
    this.#salt = [salt.readUInt32BE(0), salt.readUInt32BE(4), salt.readUInt32BE(8), salt.readUInt16BE(12)]
  }

  /** XORs bytes `start` to `end` of a packet with its keystream; once more gives them back. */
  apply(packet: Buffer, start: number, end: number, ssrc: number, index: number): void {
    const blocks = Math.ceil((end - start) / BLOCK_BYTES)
    if (blocks === 0) return
    const [first, second, third, fourth] = this.#salt
    // RFC 3711 §4.1.1: IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16), and a counter of 16 bits below
    const ofSource = second ^ ssrc
    const ofRollOver = third ^ Math.floor(index / 0x1_0000)
    const ofSequence = ((fourth ^ (index & 0xffff)) << 16) >>> 0
    const view = this.#view
    for (let block = 0, at = 0; block < blocks; block++, at += BLOCK_BYTES) {
      view.setInt32(at, first)
      view.setInt32(at + 4, ofSource)
      view.setInt32(at + 8, ofRollOver)
      view.setInt32(at + 12, ofSequence | block)
    }
    const stream = this.#cipher.update(this.#counters.subarray(0, blocks * BLOCK_BYTES))
    for (let i = start, at = 0; i < end; i++, at++) packet[i] = (packet[i] ?? 0) ^ (stream[at] ?? 0)
  }
}
