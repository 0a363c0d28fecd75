import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../../test/helpers/fake-clock.ts'
import { type Paced, Pacer, PHASE_MS } from './pacer.ts'

class Stream implements Paced {
  nextAt: number
  readonly ticks: number[] = []
  onTick = () => {}
  constructor(nextAt: number) {
    this.nextAt = nextAt
  }
  tick(now: number): void {
    this.ticks.push(now)
    this.nextAt += 20
    this.onTick()
  }
}

function begin(pacer: Pacer, clock: FakeClock): Stream {
  const stream = new Stream(Pacer.firstAt(clock.monotonic()))
  pacer.add(stream)
  return stream
}

describe('pacer', () => {
  it('ticks every stream at its own absolute deadlines, whatever others do', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ gap: fc.double({ min: 0, max: 30, noNaN: true }), leaves: fc.boolean() }), {
          maxLength: 20,
        }),
        (starts) => {
          const clock = fakeClock()
          const pacer = new Pacer(clock)
          const streams = starts.map(({ gap, leaves }) => {
            clock.advance(gap)
            const stream = begin(pacer, clock)
            return { stream, first: stream.nextAt, leaves }
          })
          clock.advance(100)
          for (const { stream, leaves } of streams) if (leaves) pacer.remove(stream)
          clock.advance(200)
          for (const { stream, first, leaves } of streams) {
            expect(stream.ticks).toEqual(stream.ticks.map((_, i) => first + 20 * i))
            expect(stream.ticks.length).toBeGreaterThan(leaves ? 3 : 13)
          }
          pacer.close()
          expect(clock.pending).toBe(0)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('has a stream’s first deadline follow from the clock alone', () => {
    expect(Pacer.firstAt(0)).toBe(PHASE_MS)
    expect(Pacer.firstAt(4.2)).toBe(PHASE_MS)
    expect(Pacer.firstAt(5)).toBe(2 * PHASE_MS)
  })

  it.each([0, 3, 14_004, 14_005.5])(
    'begins a stream that is alone at its deadline, not before (at %d)',
    (at) => {
      const clock = fakeClock()
      const pacer = new Pacer(clock)
      clock.advance(at)
      const stream = begin(pacer, clock)
      const first = stream.nextAt
      clock.advance(50)
      expect(stream.ticks.slice(0, 2)).toEqual([first, first + 20])
      pacer.remove(stream)
    },
  )

  it('catches up after a stall with two packets per phase, none left out', () => {
    let stalled = 0
    const clock = fakeClock()
    const late = { ...clock, monotonic: () => clock.monotonic() + stalled }
    const pacer = new Pacer(late)
    const stream = new Stream(Pacer.firstAt(0))
    pacer.add(stream)
    clock.advance(25)
    stalled = 100
    clock.advance(30)
    const caughtUp = stream.ticks.filter((at) => at >= 130)
    expect(caughtUp).toEqual([130, 130, 135, 135, 140, 145])
    expect(stream.nextAt).toBe(165)
    pacer.close()
  })

  it('survives a stall longer than its wheel', () => {
    let stalled = 0
    const clock = fakeClock()
    const pacer = new Pacer({ ...clock, monotonic: () => clock.monotonic() + stalled })
    const stream = new Stream(5)
    pacer.add(stream)
    stalled = 5000
    clock.advance(10)
    expect(stream.ticks.length).toBeGreaterThanOrEqual(2)
    pacer.close()
  })

  it('ticks those that yield after the others of their phase, and wakes for every phase while there is one', () => {
    const clock = fakeClock()
    const order: string[] = []
    const pacer = new Pacer(clock, () => order.push(`phase ${clock.monotonic()}`))
    const [first, second] = [begin(pacer, clock), begin(pacer, clock)]
    first.onTick = () => order.push('yields')
    second.onTick = () => order.push('does not')
    Object.assign(first, { yields: true })
    clock.advance(26)
    const phases = [5, 10, 15, 20, 25].map((at) => `phase ${at}`)
    const [first5, ...others] = phases
    expect(order).toEqual([
      'does not',
      first5,
      'yields',
      ...others.slice(0, 3),
      'does not',
      others[3],
      'yields',
    ])
    pacer.remove(first)
    pacer.remove(second)
    expect(clock.pending).toBe(0)
  })

  it('lets a stream leave in the middle of a tick, itself or another', () => {
    const clock = fakeClock()
    const pacer = new Pacer(clock)
    const [a, b, c] = [begin(pacer, clock), begin(pacer, clock), begin(pacer, clock)]
    a.onTick = () => {
      pacer.remove(a)
      pacer.remove(b)
    }
    clock.advance(50)
    expect([a.ticks.length, b.ticks.length, c.ticks.length]).toEqual([1, 0, 3])
    pacer.remove(c)
    expect(clock.pending).toBe(0)
  })
})
