import { expect } from 'vitest'
import type { ReceivedPacket } from './rtp-sender.ts'

/** What the caller hears, as RTP. */
export interface HeardFrame {
  /** performance.now() ms */
  readonly at: number
  readonly payload: Buffer
}

const HEADER_BYTES = 12
const SAMPLES_PER_PACKET = 160

/**
 * Holds the caller's stream to what the glass demands (RFC 3550 §5.1): one SSRC, each sequence number once and in order,
 * 20 ms of timestamp each, and never a hole in time.
 * @param longestGapMs between two packets; unless given, what a caller takes for a dead line: where another test runs
 * beside this one, less tells of the load and not of the machine
 */
export function expectOneStream(received: readonly ReceivedPacket[], longestGapMs = 2000): void {
  expect(received.length).toBeGreaterThan(10)
  const [first] = received
  if (!first) return
  const faults = received.flatMap(({ at, bytes }, index) => {
    const told: string[] = []
    if (bytes.readUInt32BE(8) !== first.bytes.readUInt32BE(8)) told.push('another SSRC')
    const sequence = (first.bytes.readUInt16BE(2) + index) & 0xffff
    if (bytes.readUInt16BE(2) !== sequence) told.push(`sequence ${bytes.readUInt16BE(2)}, not ${sequence}`)
    const timestamp = (first.bytes.readUInt32BE(4) + index * SAMPLES_PER_PACKET) >>> 0
    if (bytes.readUInt32BE(4) !== timestamp) told.push(`timestamp ${bytes.readUInt32BE(4)}, not ${timestamp}`)
    const gapMs = at - (received[index - 1]?.at ?? at)
    if (gapMs > longestGapMs) told.push(`silent for ${Math.round(gapMs)} ms`)
    return told.map((fault) => `packet ${index}: ${fault}`)
  })
  expect(faults.slice(0, 5)).toEqual([])
}

/** What came in a time (performance.now() ms), or from a moment on. */
export function framesBetween(
  received: readonly ReceivedPacket[],
  from: number,
  to = Number.POSITIVE_INFINITY,
): HeardFrame[] {
  return received
    .filter(({ at }) => at >= from && at < to)
    .map(({ at, bytes }) => ({ at, payload: bytes.subarray(HEADER_BYTES) }))
}

/** All of it in a row: µ-law, if that is what was negotiated. */
export const soundOf = (frames: readonly HeardFrame[]): Buffer =>
  Buffer.concat(frames.map(({ payload }) => payload))
