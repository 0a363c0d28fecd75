import { HEADER_BYTES, type JournalRecord, paddedLength, readRecord } from './record.ts'

export interface FoundRecord extends JournalRecord {
  readonly offset: number
}

export interface ScannedSegment {
  /** Sound records in order. */
  readonly records: readonly FoundRecord[]
  /** Something between sound records, or before the first, can't be read. A torn end is no damage. */
  readonly damaged: boolean
}

/** How far into a segment whose first record is unreadable another one is looked for. */
const SEARCH_BYTES = 128 * 1024

/**
 * Finds all sound records of a segment's present life. Never throws: what is torn or corrupted is passed over, at every
 * 8 bytes, until the next sound record.
 */
export function scanSegment(bytes: Buffer): ScannedSegment {
  const records: FoundRecord[] = []
  if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(0) === 0) return { records, damaged: false }
  const first = firstRecord(bytes)
  if (first === undefined) return { records, damaged: true }
  const key = bytes.readUInt32LE(first)
  let damaged = first > 0
  let lost = false
  for (let offset = first; offset + HEADER_BYTES <= bytes.length; ) {
    const record = readRecord(bytes, offset, key)
    if (record) {
      damaged ||= lost
      lost = false
      records.push({ ...record, offset })
      offset += paddedLength(record.length)
    } else {
      lost = true
      offset += 8
    }
  }
  return { records, damaged }
}

function firstRecord(bytes: Buffer): number | undefined {
  for (let offset = 0; offset + HEADER_BYTES <= Math.min(bytes.length, SEARCH_BYTES); offset += 8)
    if (readRecord(bytes, offset, bytes.readUInt32LE(offset))) return offset
  return undefined
}
