import { type CipherGCMTypes, createCipheriv, createDecipheriv } from 'node:crypto'
import type { SessionKeys } from './derive-keys.ts'
import {
  ENCRYPTED,
  type Guard,
  LARGEST_RTCP_INDEX,
  REFUSED,
  RTCP_HEADER_BYTES,
  TRAILER_BYTES,
} from './guard.ts'

const TAG_BYTES = 16
const IV_BYTES = 12

/** AES in Galois/Counter mode (RFC 7714), which encrypts and authenticates in one. */
export function gcmGuard(rtp: SessionKeys, rtcp: SessionKeys): Guard {
  const trailer = Buffer.alloc(TRAILER_BYTES)

  return {
    rtpOverhead: TAG_BYTES,
    rtcpOverhead: TAG_BYTES + TRAILER_BYTES,

    sealRtp(packet, length, payloadStart, index) {
      const iv = rtpIv(rtp.salt, packet.readUInt32BE(8), index)
      // RFC 7714 §8.2: the header with its extensions stays readable and is authenticated.
      return seal(rtp.encryption, iv, [packet.subarray(0, payloadStart)], packet, payloadStart, length)
    },

    openRtp(packet, length, payloadStart, index) {
      const iv = rtpIv(rtp.salt, packet.readUInt32BE(8), index)
      return open(rtp.encryption, iv, [packet.subarray(0, payloadStart)], packet, payloadStart, length)
    },

    sealRtcp(packet, length, index) {
      const iv = rtcpIv(rtcp.salt, packet.readUInt32BE(4), index)
      trailer.writeUInt32BE(ENCRYPTED + index)
      const readable = [packet.subarray(0, RTCP_HEADER_BYTES), trailer]
      const end = seal(rtcp.encryption, iv, readable, packet, RTCP_HEADER_BYTES, length)
      // RFC 7714 §9.2: the index comes after the tag.
      trailer.copy(packet, end)
      return end + TRAILER_BYTES
    },

    openRtcp(packet, length, word) {
      const iv = rtcpIv(rtcp.salt, packet.readUInt32BE(4), word & LARGEST_RTCP_INDEX)
      trailer.writeUInt32BE(word)
      const end = length - TRAILER_BYTES
      // RFC 7714 §9.3: of a packet that is not encrypted everything is authenticated only.
      const from = word >= ENCRYPTED ? RTCP_HEADER_BYTES : end - TAG_BYTES
      if (from < RTCP_HEADER_BYTES) return REFUSED
      return open(rtcp.encryption, iv, [packet.subarray(0, from), trailer], packet, from, end)
    },

    rtcpTrailerAt: (length) => length - TRAILER_BYTES,
  }
}

/** RFC 7714 §8.1: (0^16 ‖ SSRC ‖ ROC ‖ sequence number) XOR salt. */
function rtpIv(salt: Buffer, ssrc: number, index: number): Buffer {
  const iv = Buffer.alloc(IV_BYTES)
  iv.writeUInt32BE(ssrc, 2)
  iv.writeUIntBE(index, 6, 6)
  return mix(iv, salt)
}

/** RFC 7714 §9.1: (0^16 ‖ SSRC ‖ 0^17 ‖ index) XOR salt. */
function rtcpIv(salt: Buffer, ssrc: number, index: number): Buffer {
  const iv = Buffer.alloc(IV_BYTES)
  iv.writeUInt32BE(ssrc, 2)
  iv.writeUInt32BE(index, 8)
  return mix(iv, salt)
}

function mix(iv: Buffer, salt: Buffer): Buffer {
  for (let i = 0; i < IV_BYTES; i++) iv[i] = (iv[i] ?? 0) ^ (salt[i] ?? 0)
  return iv
}

const typeOf = (key: Buffer): CipherGCMTypes => (key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm')

/** Encrypts bytes `start` to `end` where they are and puts the tag behind. Returns where that ends. */
function seal(
  key: Buffer,
  iv: Buffer,
  readable: readonly Buffer[],
  packet: Buffer,
  start: number,
  end: number,
): number {
  const cipher = createCipheriv(typeOf(key), key, iv)
  for (const part of readable) cipher.setAAD(part)
  cipher.update(packet.subarray(start, end)).copy(packet, start)
  cipher.final()
  return end + cipher.getAuthTag().copy(packet, end)
}

/** Decrypts what `seal` made, up to the tag that ends at `end`. Returns where the plain bytes end. */
function open(
  key: Buffer,
  iv: Buffer,
  readable: readonly Buffer[],
  packet: Buffer,
  start: number,
  end: number,
): number {
  const tagAt = end - TAG_BYTES
  if (tagAt < start) return REFUSED
  const decipher = createDecipheriv(typeOf(key), key, iv, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(packet.subarray(tagAt, end))
  for (const part of readable) decipher.setAAD(part)
  const plain = decipher.update(packet.subarray(start, tagAt))
  try {
    decipher.final()
  } catch {
    return REFUSED // forged, or broken on the way
  }
  plain.copy(packet, start)
  return tagAt
}
