import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import type { Body } from '../../sip/endpoint.ts'
import { lightLamp } from './lamp.ts'
import { type PaceEvent, QUIET, REST_MS, stepPace } from './pace.ts'

const NOTHING: Body = { contentType: 'text/plain', bytes: Buffer.alloc(0) }

/** A lamp that shows a number; its NOTIFYs leave after `latencyMs`. */
function numberLamp(latencyMs = 0) {
  const clock = fakeClock()
  const left: { at: number; value: number }[] = []
  let truth = 0
  let told: number | undefined = 0
  const lamp = lightLamp({
    clock,
    teller: {
      differs: () => told !== truth,
      tell() {
        told = truth
        left.push({ at: clock.monotonic(), value: truth })
        return NOTHING
      },
      forget: () => (told = undefined),
    },
    notify: (makeBody) => void (latencyMs === 0 ? makeBody() : clock.setTimer(latencyMs, makeBody)),
  })
  const change = (value: number) => {
    truth = value
    lamp.look()
  }
  return { clock, lamp, left, change }
}

describe('the pace of notifications (RFC 4235 §3.10, RFC 6665 §5.4.10)', () => {
  it('is at once after quiet, then once a second, and the newest always comes', () => {
    const { clock, left, change } = numberLamp()
    change(1)
    expect(left).toEqual([{ at: 0, value: 1 }])
    for (const value of [2, 3, 4]) {
      clock.advance(100)
      change(value)
    }
    clock.advance(10_000)
    expect(left).toEqual([
      { at: 0, value: 1 },
      { at: 1000, value: 4 },
    ])
    expect(clock.pending).toBe(0)
    change(5)
    expect(left.at(-1)).toEqual({ at: 10_300, value: 5 })
  })

  it('tells nothing that was told already, though it was otherwise meanwhile', () => {
    const { clock, left, change } = numberLamp()
    change(1)
    change(2)
    change(1)
    clock.advance(5000)
    expect(left).toHaveLength(1)
  })

  it('answers who asks at once, out of rest too, and rests anew (RFC 6665 §4.2.1.2)', () => {
    const { clock, lamp, left, change } = numberLamp()
    change(1)
    clock.advance(600)
    lamp.ask()
    expect(left.at(-1)).toEqual({ at: 600, value: 1 })
    change(2)
    clock.advance(999)
    expect(left).toHaveLength(2)
    clock.advance(1)
    expect(left.at(-1)).toEqual({ at: 1600, value: 2 })
  })

  it('keeps its distance between NOTIFYs that leave late', () => {
    const { clock, left, change } = numberLamp(1500)
    change(1)
    clock.advance(1400)
    change(2)
    clock.advance(200)
    change(3)
    clock.advance(10_000)
    expect(left).toEqual([
      { at: 1500, value: 2 },
      { at: 4000, value: 3 },
    ])
  })

  it('leaves no timer, in whatever order things come', () => {
    const event: fc.Arbitrary<PaceEvent> = fc.oneof(
      fc.record({ kind: fc.constantFrom('changed' as const, 'rested' as const), differs: fc.boolean() }),
      fc.record({ kind: fc.constantFrom('asked' as const, 'left' as const) }),
    )
    fc.assert(
      fc.property(fc.array(event), (events) => {
        let state = QUIET
        let timer = false
        let handed = false
        for (const event of [...events, { kind: 'over' as const }, { kind: 'asked' as const }]) {
          if (event.kind === 'rested' && !timer) continue
          if (event.kind === 'left' && !handed) continue
          if (event.kind === 'rested') timer = false
          if (event.kind === 'left') handed = false
          const [next, effects] = stepPace(state, event)
          for (const effect of effects) {
            if (effect.kind === 'set-timer') {
              expect(timer).toBe(false)
              expect(effect.ms).toBe(REST_MS)
              timer = true
            } else if (effect.kind === 'cancel-timer') timer = false
            else handed = true
          }
          if (next.kind !== 'over') expect(timer).toBe(next.kind === 'resting')
          state = next
        }
        expect(state.kind).toBe('over')
        expect(timer).toBe(false)
      }),
    )
  })
})
