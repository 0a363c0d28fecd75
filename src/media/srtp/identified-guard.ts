import { type Guard, REFUSED } from './guard.ts'
import type { Suite } from './suite.ts'

/**
 * A guard whose packets bear a master key identifier, which is not signed: before the tag (RFC 3711 §3.1, §3.4), or at the
 * end where the cipher authenticates by itself (RFC 7714 §8.2, §9.2). A packet that bears another was secured by another key.
 */
export function identifiedGuard(guard: Guard, suite: Suite, mki: Buffer): Guard {
  const rtpTag = suite.mode === 'gcm' ? 0 : suite.rtpTagBytes
  const rtcpTag = suite.mode === 'gcm' ? 0 : suite.rtcpTagBytes

  /** Moves the tag aside and puts the identifier before it. */
  function add(packet: Buffer, length: number, tagBytes: number): number {
    const at = length - tagBytes
    packet.copy(packet, at + mki.length, at, length)
    mki.copy(packet, at)
    return length + mki.length
  }

  function open(packet: Buffer, length: number, tagBytes: number, read: (length: number) => number): number {
    const at = length - tagBytes - mki.length
    if (at < 0 || mki.compare(packet, at, at + mki.length) !== 0) return REFUSED
    packet.copy(packet, at, at + mki.length, length)
    const plain = read(length - mki.length)
    if (plain === REFUSED) add(packet, length - mki.length, tagBytes)
    return plain
  }

  return {
    rtpOverhead: guard.rtpOverhead + mki.length,
    rtcpOverhead: guard.rtcpOverhead + mki.length,
    sealRtp: (packet, length, payloadStart, index) =>
      add(packet, guard.sealRtp(packet, length, payloadStart, index), rtpTag),
    openRtp: (packet, length, payloadStart, index) =>
      open(packet, length, rtpTag, (bare) => guard.openRtp(packet, bare, payloadStart, index)),
    sealRtcp: (packet, length, index) => add(packet, guard.sealRtcp(packet, length, index), rtcpTag),
    openRtcp: (packet, length, trailer) =>
      open(packet, length, rtcpTag, (bare) => guard.openRtcp(packet, bare, trailer)),
    rtcpTrailerAt: (length) => guard.rtcpTrailerAt(length - mki.length),
  }
}
