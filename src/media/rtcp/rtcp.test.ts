import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fractionsFrom, reportIntervalMs } from './interval.ts'
import { readReport } from './read-report.ts'
import { type Report, writeReport } from './write-report.ts'

const block = {
  ssrc: 0x0a0b0c0d,
  fractionLost: 64,
  cumulativeLost: -2,
  highestSequence: 0x0001_0002,
  jitter: 33,
  lastReport: 0x1234_5678,
  sinceLastReportMs: 1500,
}
const sender = { wallAt: 500, timestamp: 160, packets: 3, bytes: 480 }
const report: Report = { ssrc: 0x01020304, cname: 'abcd', sender, block, bye: true }

describe('RTCP reports', () => {
  it('RFC 3550 §6.4.1: an SR with one block, SDES with the CNAME (§6.5), and BYE (§6.6)', () => {
    expect(writeReport(report).toString('hex')).toBe(
      [
        ['81c8000c', '01020304', '83aa7e80', '80000000', '000000a0', '00000003', '000001e0'],
        ['0a0b0c0d', '40fffffe', '00010002', '00000021', '12345678', '00018000'],
        ['81ca0003', '01020304', '01046162', '63640000'],
        ['81cb0001', '01020304'],
      ]
        .flat()
        .join(''),
    )
  })

  it('RFC 3550 §6.4.2: an RR from who sends nothing, and an empty one from who hears nothing either', () => {
    const { sender: _, block: __, ...silent } = { ...report, bye: false }
    expect(writeReport(silent).toString('hex')).toMatch(/^80c9000101020304/)
    expect(writeReport({ ...silent, block }).toString('hex')).toMatch(/^81c90007010203040a0b0c0d/)
  })

  it('RFC 3550 A.2: are read back', () => {
    const bytes = writeReport(report)
    expect(readReport(bytes, bytes.length)).toEqual({ ssrc: 0x01020304, lastReport: 0x7e80_8000, bye: true })
  })

  it('RFC 3550 §6.4.1: and what a block says of the stream that was asked about', () => {
    const bytes = writeReport(report)
    expect(readReport(bytes, bytes.length, 0x0a0b0c0d)?.block).toEqual({
      cumulativeLost: -2,
      jitter: 33,
      lastReport: 0x1234_5678,
      delay: 1.5 * 65_536,
    })
    expect(readReport(bytes, bytes.length, 0x0a0b0c0e)?.block).toBeUndefined()
    // It says that there are more than there is room for.
    bytes[0] = 0x80 | 31
    expect(readReport(bytes, bytes.length, 0x0a0b0c0e)?.block).toBeUndefined()
  })

  it('RFC 3550 A.2: nothing is read from anything else, and nothing throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (raw, seemly) => {
        const bytes = Buffer.from(raw)
        if (seemly && bytes.length > 1) bytes.set([0x80, 200])
        readReport(bytes, bytes.length, seemly ? 0 : undefined)
      }),
    )
    const bytes = writeReport(report)
    expect(readReport(bytes, bytes.length - 4)).toBeUndefined()
    expect(readReport(bytes.subarray(52), bytes.length - 52)).toBeUndefined()
  })
})

describe('the interval between reports', () => {
  it('RFC 3550 §6.2: is 5 s on average at half to one and a half, and half of that at first', () => {
    const compensation = Math.E - 1.5
    expect(reportIntervalMs(100, 20_000, false, 0.5) * compensation).toBe(5000)
    expect(reportIntervalMs(100, 20_000, false, 0) * compensation).toBe(2500)
    expect(reportIntervalMs(100, 20_000, true, 0.5) * compensation).toBe(2500)
  })

  it('RFC 3550 §6.3.1: grows where 5 % of the bandwidth would not do', () => {
    expect(reportIntervalMs(1000, 1000, false, 0.5)).toBeGreaterThan(5000)
  })

  it('follows from its seed, evenly', () => {
    const [a, b] = [fractionsFrom(7), fractionsFrom(7)]
    const drawn = Array.from({ length: 1000 }, a)
    expect(drawn).toEqual(Array.from({ length: 1000 }, b))
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn)).toBeLessThan(1)
    expect(drawn.reduce((sum, one) => sum + one, 0) / 1000).toBeCloseTo(0.5, 1)
  })
})
