import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Timeline } from './timeline.ts'

interface Packet {
  readonly arrivedMs: number
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly samples: number
}

const FRAME = 160

/** Packets of an undisturbed stream, `ptimeMs` long each. */
function stream(
  count: number,
  { ptimeMs = 20, base = 0, firstSequence = 0, ssrc = 1, fromMs = 0 } = {},
): Packet[] {
  return Array.from({ length: count }, (_, i) => ({
    arrivedMs: fromMs + i * ptimeMs,
    sequence: (firstSequence + i) & 0xffff,
    timestamp: (base + i * ptimeMs * 8) >>> 0,
    ssrc,
    samples: ptimeMs * 8,
  }))
}

function play(packets: readonly Packet[]) {
  const timeline = new Timeline(8000)
  const places = packets.map(({ arrivedMs, sequence, timestamp, ssrc, samples }) =>
    timeline.place(arrivedMs, sequence, timestamp, ssrc, samples),
  )
  return { timeline, places, lengthMs: timeline.length / 8 }
}

const uint32 = fc.nat(0xffffffff)
const uint16 = fc.nat(0xffff)
const ptime = fc.constantFrom(10, 20, 30, 40, 60)

describe('the timeline', () => {
  it('RFC 3550 §5.1: has the length of the audio, for any base, sequence and packet time, across their wrap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        ptime,
        uint32,
        uint16,
        (count, ptimeMs, base, firstSequence) => {
          expect(play(stream(count, { ptimeMs, base, firstSequence })).lengthMs).toBe(count * ptimeMs)
        },
      ),
    )
  })

  it('keeps lost packets as gaps of the right length', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 3, maxLength: 300 }), uint32, (lost, base) => {
        const packets = stream(lost.length, { base }).filter(
          (_, i) => i === 0 || i === lost.length - 1 || !lost[i],
        )
        const { places, lengthMs } = play(packets)
        expect(lengthMs).toBe(lost.length * 20)
        for (const [i, { arrivedMs }] of packets.entries()) expect(places[i]).toBe(arrivedMs * 8)
      }),
    )
  })

  it('puts packets that are reordered, doubled and late by jitter where they belong', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(300), fc.boolean()), { minLength: 1, maxLength: 200 }),
        (delays) => {
          const packets = stream(delays.length).flatMap((packet, i) => {
            const [delay = 0, doubled] = delays[i] ?? []
            const late = { ...packet, arrivedMs: packet.arrivedMs + delay }
            return doubled ? [late, { ...late, arrivedMs: late.arrivedMs + 5 }] : [late]
          })
          const arrived = packets.toSorted((a, b) => a.arrivedMs - b.arrivedMs)
          const zero = arrived[0]?.arrivedMs ?? 0
          const { timeline, places, lengthMs } = play(
            arrived.map((packet) => ({ ...packet, arrivedMs: packet.arrivedMs - zero })),
          )
          expect(lengthMs).toBe(delays.length * 20)
          const accepted = new Set(
            places.filter((place) => place !== undefined).map((place) => place - timeline.start),
          )
          expect([...accepted].sort((a, b) => a - b)).toEqual(delays.map((_, i) => i * FRAME))
        },
      ),
    )
  })

  it('says that a duplicate is one, once it adds nothing', () => {
    const packets = stream(3)
    expect(play([...packets, ...packets.slice(0, 2)]).places).toEqual([0, 160, 320, undefined, undefined])
  })

  it('keeps a pause (DTX, hold) whose timestamp went on, however long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), (frames) => {
        const after = stream(2, { base: frames * FRAME, fromMs: frames * 20, firstSequence: 1 })
        expect(play([...stream(1), ...after]).lengthMs).toBe((frames + 2) * 20)
      }),
    )
  })

  it('keeps a pause whose timestamp stood still', () => {
    const after = stream(50, { base: FRAME, fromMs: 10_000, firstSequence: 1 })
    expect(play([...stream(1), ...after]).lengthMs).toBe(11_000)
  })

  it('RFC 3550 §8.2: anchors a new SSRC by arrival', () => {
    fc.assert(
      fc.property(uint32, uint16, fc.nat(500), (base, firstSequence, gapFrames) => {
        const fromMs = (50 + gapFrames) * 20
        const after = stream(50, { ssrc: 2, base, firstSequence, fromMs })
        expect(play([...stream(50), ...after]).lengthMs).toBe(fromMs + 1000)
      }),
    )
  })

  it('anchors a timestamp that jumps by arrival, forth and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40_000, max: 0xffffffff - 40_000 }), (jump) => {
        const after = stream(50, { base: 50 * FRAME + jump, firstSequence: 50, fromMs: 1000 })
        expect(play([...stream(50), ...after]).lengthMs).toBe(2000)
      }),
    )
  })

  it('takes one packet with a stray timestamp without shifting the rest by more than that packet', () => {
    const packets = stream(100).map((packet, i) => (i === 50 ? { ...packet, timestamp: 0xdeadbeef } : packet))
    expect(Math.abs(play(packets).lengthMs - 2000)).toBeLessThanOrEqual(20)
  })

  it('follows the sender through an hour of clock drift', () => {
    for (const drift of [-0.0002, 0.0002, 0.003]) {
      const packets = stream(180_000).map((packet) => ({
        ...packet,
        arrivedMs: Math.round(packet.arrivedMs * (1 + drift)),
      }))
      expect(play(packets).lengthMs).toBe(3_600_000)
    }
  })

  it('takes a burst after a stall of the network without a gap', () => {
    const packets = stream(200).map((packet) => ({
      ...packet,
      arrivedMs: packet.arrivedMs > 1000 && packet.arrivedMs < 4000 ? 4000 : packet.arrivedMs,
    }))
    expect(play(packets).lengthMs).toBe(4000)
  })

  it('never outruns real time by more than 5 s, whatever comes', () => {
    const packet = fc.tuple(fc.nat(100), uint16, uint32, fc.nat(2), fc.integer({ min: 1, max: 4000 }))
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 500 }), (packets) => {
        const timeline = new Timeline(8000)
        let arrivedMs = 0
        for (const [passedMs, sequence, timestamp, ssrc, samples] of packets) {
          arrivedMs += passedMs
          const place = timeline.place(arrivedMs, sequence, timestamp, ssrc, samples)
          if (place !== undefined) expect(place).toBeGreaterThanOrEqual(timeline.start)
        }
        expect(timeline.length / 8).toBeLessThanOrEqual(arrivedMs * 1.01 + 5000 + 1000 + 500)
      }),
    )
  })
})
