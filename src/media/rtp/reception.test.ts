import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Reception } from './reception.ts'

const receive = (first: number, sequences: readonly number[]) => {
  const reception = new Reception(1, first, 8000)
  for (const sequence of sequences) reception.count(sequence & 0xffff)
  return reception
}

describe('reception statistics', () => {
  it('RFC 3550 A.3: count loss exactly over any losses, reordering and wraps', () => {
    const order = fc.record({
      first: fc.nat(0xffff),
      lost: fc.array(fc.nat(297)),
      swapped: fc.array(fc.nat(95)),
    })
    fc.assert(
      fc.property(order, ({ first, lost, swapped }) => {
        const gone = new Set(lost.map((number) => number + 1))
        const sent = Array.from({ length: 300 }, (_, i) => first + i).filter((_, i) => !gone.has(i))
        for (const i of swapped.filter((i) => i > 0 && i + 2 < sent.length)) {
          const [a = 0, b = 0] = [sent[i], sent[i + 1]]
          sent[i] = b
          sent[i + 1] = a
        }
        const reception = receive(first, sent)
        expect(reception.packetsReceived).toBe(300 - gone.size)
        expect(reception.packetsLost).toBe(gone.size)
      }),
    )
  })

  it('RFC 3550 A.3: tell the fraction lost since the last report, in 256ths', () => {
    const reception = receive(0, [0, 1, 2, 3])
    expect(reception.report()).toMatchObject({ fractionLost: 0, cumulativeLost: 0, highestSequence: 3 })
    for (const sequence of [4, 7]) reception.count(sequence)
    expect(reception.report()).toMatchObject({ fractionLost: 128, cumulativeLost: 2, highestSequence: 7 })
  })

  it('RFC 3550 A.1: extend the highest sequence number by its wraps', () => {
    expect(receive(65_534, [65_534, 65_535, 0, 1]).report().highestSequence).toBe(65_537)
  })

  it('RFC 3550 A.1: refuse one packet far off, and start anew at the second in sequence', () => {
    const reception = receive(100, [100, 101])
    expect(reception.count(30_000)).toBe(false)
    expect(reception.count(102)).toBe(true)
    expect(reception.count(40_000)).toBe(false)
    expect(reception.count(40_001)).toBe(true)
    expect(reception.packetsReceived).toBe(4)
    expect(reception.packetsLost).toBe(0)
  })

  it('RFC 3550 A.8: jitter is a sixteenth of each difference in transit', () => {
    const reception = receive(0, [0])
    reception.time(1000, 4_294_967_200)
    reception.time(1020, 64)
    expect(reception.report().jitter).toBe(0)
    reception.time(1056, 224)
    expect(reception.report().jitter).toBe(8)
    expect(reception.jitterMs).toBe(1)
  })
})
