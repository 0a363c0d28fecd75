import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEADER_BYTES, paddedLength, recordKind, seal, writeHeader } from './record.ts'
import { scanSegment } from './scan-segment.ts'

const KEY = 0xfeedface

function record(body: Uint8Array, key = KEY, take = 1): Buffer {
  const length = HEADER_BYTES + body.length
  const bytes = Buffer.alloc(paddedLength(length))
  bytes.set(body, HEADER_BYTES)
  writeHeader(bytes, 0, length, take, recordKind.audio)
  seal(bytes, 0, { key, run: 5, sequence: 3 })
  return bytes
}

const segment = (...records: Buffer[]) => Buffer.concat([...records, Buffer.alloc(4096)])
const takesOf = (bytes: Buffer) => scanSegment(bytes).records.map(({ take }) => take)

describe('a segment', () => {
  it('gives its records back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 }), (bodies) => {
        const { records, damaged } = scanSegment(segment(...bodies.map((body) => record(body))))
        expect(records.map(({ body }) => [...body])).toEqual(bodies.map((body) => [...body]))
        expect(records[0]).toMatchObject({ run: 5, sequence: 3, kind: recordKind.audio })
        expect(damaged).toBe(false)
      }),
    )
  })

  it('that is free holds nothing, whatever stands behind its beginning', () => {
    const bytes = segment(record(Buffer.alloc(10)), record(Buffer.alloc(10)))
    bytes.fill(0, 0, HEADER_BYTES)
    expect(scanSegment(bytes)).toEqual({ records: [], damaged: false })
  })

  it('keeps silent about records of its former life', () => {
    expect(takesOf(segment(record(Buffer.alloc(100)), record(Buffer.alloc(50), 0xdead, 2)))).toEqual([1])
  })

  it('is not taken in by a record that a caller sends as audio, even where it is damaged', () => {
    const forged = record(Buffer.from('{"takeId":"forged"}'), 0xbad, 666)
    const audio = record(Buffer.concat([Buffer.alloc(8), forged, Buffer.alloc(8)]))
    const bytes = segment(record(Buffer.alloc(8)), audio, record(Buffer.alloc(8), KEY, 2))
    bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60)
    expect(takesOf(bytes)).toEqual([1, 2])
  })

  it('loses nothing but the record that a flipped bit stands in', () => {
    const records = Array.from({ length: 10 }, (_, i) => record(Buffer.alloc(i * 7, i), KEY, i + 1))
    const whole = segment(...records)
    const end = whole.length - 4096
    fc.assert(
      fc.property(fc.nat(end - 1), fc.nat(7), (at, bit) => {
        const bytes = Buffer.from(whole)
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at)
        expect(takesOf(bytes).length).toBeGreaterThanOrEqual(9)
      }),
    )
  })
})
