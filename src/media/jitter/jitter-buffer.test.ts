import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JitterBuffer, type Playout } from './jitter-buffer.ts'

const options = { clockRate: 8000, durationOf: (payload: Uint8Array) => payload.length / 8 }
const frame = (number: number) => Buffer.alloc(160, number % 256)

interface Sent {
  readonly number: number
  readonly arrivesAt: number
}

/** Plays `sent` out from `startAt` until all of it must be over, asking every 20 ms as a listener does. */
function listen(buffer: JitterBuffer, sent: readonly Sent[], startAt = 7): { at: number; got: Playout }[] {
  const arrivals = [...sent].sort((a, b) => a.arrivesAt - b.arrivesAt)
  const heard: { at: number; got: Playout }[] = []
  const last = arrivals.at(-1)?.arrivesAt ?? 0
  for (let at = startAt; at < last + 500; at += 20) {
    while (arrivals[0] && arrivals[0].arrivesAt <= at) {
      const next = arrivals.shift() as Sent
      buffer.put(next.arrivesAt, (4_294_960_000 + next.number * 160) >>> 0, 1, frame(next.number))
    }
    heard.push({ at, got: buffer.take(at) })
  }
  return heard
}
const played = (heard: readonly { got: Playout }[]) =>
  heard.flatMap(({ got }) => (got.kind === 'play' ? [got.payload[0]] : []))
const steady = (count: number, delayMs = () => 5): Sent[] =>
  Array.from({ length: count }, (_, number) => ({ number, arrivesAt: number * 20 + delayMs() }))

describe('jitter buffer', () => {
  it('plays an even stream whole and soon, over a wrap of the timestamp', () => {
    const heard = listen(new JitterBuffer(options), steady(100))
    expect(played(heard)).toEqual(Array.from({ length: 100 }, (_, number) => number))
    const first = heard.find(({ got }) => got.kind === 'play')
    expect(first?.at).toBeLessThanOrEqual(40)
  })

  it('puts packets back in order and conceals what is lost, at its place', () => {
    const sent = steady(60)
      .filter(({ number }) => number !== 40)
      .map((packet) => (packet.number === 20 ? { ...packet, arrivesAt: packet.arrivesAt + 25 } : packet))
    const heard = listen(new JitterBuffer({ ...options, minDelayMs: 40 }), sent)
    const expected = Array.from({ length: 60 }, (_, number) => number).filter((number) => number !== 40)
    expect(played(heard)).toEqual(expected)
    const kinds = heard.map(({ got }) => got.kind)
    expect(kinds.slice(kinds.indexOf('play'), kinds.lastIndexOf('play'))).toContain('conceal')
  })

  it('delays more when packets come unevenly, and less when they are even again', () => {
    let turn = 0
    const buffer = new JitterBuffer(options)
    const rough = steady(250, () => (turn++ % 4 === 0 ? 90 : 5))
    listen(buffer, rough)
    expect(buffer.targetMs).toBeGreaterThanOrEqual(80)
    const late = buffer.packetsLate
    const smooth = Array.from({ length: 500 }, (_, i) => ({ number: 250 + i, arrivesAt: (250 + i) * 20 + 5 }))
    listen(buffer, smooth, 5007)
    expect(buffer.targetMs).toBeLessThanOrEqual(30)
    expect(buffer.packetsLate).toBe(late)
  })

  it('shrinks its delay in silence', () => {
    let turn = 0
    const silent = new JitterBuffer({ ...options, isSilent: () => true })
    const sent = steady(900, () => (turn++ < 200 && turn % 3 === 0 ? 120 : 5))
    const heard = listen(silent, sent)
    const at = heard.findLast(({ got }) => got.kind === 'play')?.at ?? 0
    expect(at - 899 * 20).toBeLessThan(60)
  })

  it('plays the first words whole, though their packets came at once', () => {
    const burst = steady(40).map((packet) => ({ ...packet, arrivesAt: Math.max(packet.arrivesAt, 105) }))
    expect(played(listen(new JitterBuffer(options), burst))).toEqual(burst.map(({ number }) => number))
  })

  it('is not held up by many that are lost before one that came', () => {
    const buffer = new JitterBuffer(options)
    const heard = listen(buffer, [
      { number: 0, arrivesAt: 358 },
      { number: 26, arrivesAt: 520 },
    ])
    expect(played(heard)).toEqual([0, 26])
    const at = heard.findLast(({ got }) => got.kind === 'play')?.at ?? 0
    expect(at - 520).toBeLessThanOrEqual(60)
  })

  it('begins anew with another SSRC', () => {
    const buffer = new JitterBuffer(options)
    for (let number = 0; number < 5; number++) buffer.put(number * 20, number * 160, 1, frame(number))
    buffer.take(100)
    buffer.put(105, 77_000, 2, frame(9))
    expect(buffer.packetsHeld).toBe(1)
    expect(buffer.take(130)).toMatchObject({ kind: 'play', payload: frame(9) })
  })

  it('never plays out of order or twice, never holds much, whatever comes', () => {
    const packet = fc.record({
      number: fc.nat(200),
      delay: fc.nat(400),
      copies: fc.integer({ min: 0, max: 2 }),
    })
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 200 }), (packets) => {
        const buffer = new JitterBuffer(options)
        const sent = packets.flatMap(({ number, delay, copies }) =>
          Array.from({ length: copies }, () => ({ number, arrivesAt: number * 20 + delay })),
        )
        const numbers = played(listen(buffer, sent)) as number[]
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
        expect(buffer.packetsHeld).toBe(0)
      }),
      { numRuns: 500 },
    )
  })

  it('stays small under a flood', () => {
    const buffer = new JitterBuffer(options)
    for (let i = 0; i < 10_000; i++) buffer.put(i / 100, (i * 160) >>> 0, 1, frame(i))
    expect(buffer.packetsHeld).toBeLessThanOrEqual(64)
  })
})
