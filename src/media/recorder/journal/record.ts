import { crc32 } from 'node:zlib'

/**
 * A journal segment is a row of records, each at a multiple of 8 bytes (little-endian):
 *
 *     0 key       u32  random, of this life of the segment: old content and bytes inside the audio can't imitate it
 *     4 crc       u32  CRC-32 of bytes 8 to the end, seeded with the key
 *     8 length    u24  header and body, without the padding
 *    11 kind      u8
 *    12 run       u32  random, of the process that wrote it
 *    16 sequence  u32  of the segment within the run, from 1
 *    20 take      u32  of the run, from 1; 0: none
 *    24 body
 *
 * A segment whose first four bytes are zero is free.
 */
export const HEADER_BYTES = 24

/**
 * - `checkpoint` opens each segment: 0 and the takes that live (u32 each); all older ones are forgotten. Without a body
 *   it says nothing.
 * - `start`: JSON, see `TakeStart`.
 * - `audio`: links to earlier records and packets, see audio-record.ts.
 * - `end`: one byte, 1 when the take was cut off by a full journal.
 * - `release`: the take is forgotten.
 */
export const recordKind = { checkpoint: 1, start: 2, audio: 3, end: 4, release: 5 } as const

export type RecordKind = (typeof recordKind)[keyof typeof recordKind]

/** Where a record stands: the life of its segment. */
export interface Seal {
  readonly key: number
  readonly run: number
  readonly sequence: number
}

/** Bytes that a record takes in the segment. */
export const paddedLength = (length: number) => (length + 7) & ~7

/** Writes what the header says of the record itself; `seal` makes it valid. */
export function writeHeader(into: Buffer, at: number, length: number, take: number, kind: RecordKind): void {
  into.writeUInt32LE(length | (kind << 24), at + 8)
  into.writeUInt32LE(take, at + 20)
}

/** Binds the record at `at` to a segment; a record may be bound again to another. */
export function seal(buffer: Buffer, at: number, { key, run, sequence }: Seal): void {
  const length = buffer.readUInt32LE(at + 8) & 0xffffff
  buffer.writeUInt32LE(key, at)
  buffer.writeUInt32LE(run, at + 12)
  buffer.writeUInt32LE(sequence, at + 16)
  buffer.writeUInt32LE(crc32(buffer.subarray(at + 8, at + length), key), at + 4)
}

export interface JournalRecord {
  readonly run: number
  readonly sequence: number
  readonly take: number
  readonly kind: number
  readonly body: Buffer
  /** With its header, without padding. */
  readonly length: number
}

/** The record at `at`, or undefined if there is no whole and sound one with this key. */
export function readRecord(buffer: Buffer, at: number, key: number): JournalRecord | undefined {
  if (at + HEADER_BYTES > buffer.length || buffer.readUInt32LE(at) !== key) return undefined
  const lengthAndKind = buffer.readUInt32LE(at + 8)
  const length = lengthAndKind & 0xffffff
  if (length < HEADER_BYTES || at + length > buffer.length) return undefined
  if (crc32(buffer.subarray(at + 8, at + length), key) !== buffer.readUInt32LE(at + 4)) return undefined
  return {
    run: buffer.readUInt32LE(at + 12),
    sequence: buffer.readUInt32LE(at + 16),
    take: buffer.readUInt32LE(at + 20),
    kind: lengthAndKind >>> 24,
    body: buffer.subarray(at + HEADER_BYTES, at + length),
    length,
  }
}
