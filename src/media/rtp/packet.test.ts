import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyRtpPacket, parseRtp, sequenceAhead, timestampAhead, writeRtpHeader } from './packet.ts'

describe('RTP packets (RFC 3550 §5.1)', () => {
  it('are read as they were written', () => {
    const header = fc.record({
      marker: fc.boolean(),
      payloadType: fc.nat(127),
      sequence: fc.nat(0xffff),
      timestamp: fc.nat(0xffff_ffff),
      ssrc: fc.nat(0xffff_ffff),
    })
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 200 }), (wanted, payload) => {
        const bytes = Buffer.concat([Buffer.alloc(12), payload])
        const { marker, payloadType, sequence, timestamp, ssrc } = wanted
        writeRtpHeader(bytes, marker, payloadType, sequence, timestamp, ssrc)
        const packet = emptyRtpPacket()
        expect(parseRtp(bytes, bytes.length, packet)).toBe(true)
        expect(packet).toEqual({ ...wanted, payloadStart: 12, payloadEnd: bytes.length })
      }),
    )
  })

  it('give their payload without CSRCs, extension and padding (RFC 3550 §5.3.1)', () => {
    const bytes = Buffer.from(
      ['b1800001', '00000000', '00000007', '0000000c', 'bede0001', '10ff0000', 'aabbcc', '000003'].join(''),
      'hex',
    )
    const packet = emptyRtpPacket()
    expect(parseRtp(bytes, bytes.length, packet)).toBe(true)
    expect(bytes.subarray(packet.payloadStart, packet.payloadEnd).toString('hex')).toBe('aabbcc')
  })

  it.each([
    ['too short', '800000010000000000000'],
    ['of another version', '40000001000000000000000700'],
    ['with more CSRCs than bytes', '8f000001000000000000000700'],
    ['with an extension longer than itself', '900000010000000000000007bede00ff'],
    ['with more padding than bytes', 'a0000001000000000000000755ff'],
    ['with padding of nothing', 'a0000001000000000000000755aa00'],
  ])('%s are refused (RFC 3550 A.1)', (_why, hex) => {
    const bytes = Buffer.from(hex, 'hex')
    expect(parseRtp(bytes, bytes.length, emptyRtpPacket())).toBe(false)
  })

  it('never throw, and never point outside themselves, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (raw) => {
        const bytes = Buffer.from(raw)
        const packet = emptyRtpPacket()
        if (!parseRtp(bytes, bytes.length, packet)) return
        expect(packet.payloadStart).toBeLessThanOrEqual(packet.payloadEnd)
        expect(packet.payloadEnd).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })

  it('count sequence and timestamp round the wrap', () => {
    expect(sequenceAhead(0xffff, 0)).toBe(1)
    expect(sequenceAhead(0, 0xffff)).toBe(-1)
    expect(timestampAhead(0xffff_ff60, 0)).toBe(160)
  })
})
