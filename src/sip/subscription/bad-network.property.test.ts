import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text, watch } from '../../../test/helpers/watched-machine.ts'

const weather = fc.record({
  loss: fc.constantFrom(0, 0.2, 0.4),
  duplication: fc.constantFrom(0, 0.5),
  jitterMs: fc.constantFrom(0, 100, 900),
  latencyMs: fc.constantFrom(1, 200),
})

/** What our user does, each after a pause in ms. */
const act = fc.record({
  what: fc.constantFrom('notify', 'notify', 'notify', 'refresh', 'unsubscribe', 'end'),
  pauseMs: fc.constantFrom(0, 1, 300, 5000, 40_000),
})

describe('a subscription over a bad network (RFC 6665 §4.2.2)', () => {
  for (const transport of ['udp', 'tcp'] as const) {
    it(`tells its states in order, the newest last, and leaves nothing, over ${transport}`, () => {
      fc.assert(
        fc.property(weather, fc.nat(), fc.array(act, { maxLength: 8 }), (sky, seed, acts) => {
          const world = watch(undefined, {}, { transport, seed })
          const watched = world.subscribe()
          const [taken] = world.taken
          let newest = 'first'
          let ended = false
          for (const [at, { what, pauseMs }] of acts.entries()) {
            // The subscriber repeats nothing, so what it sends goes by clear sky.
            Object.assign(
              world.network.weather,
              sky,
              what.startsWith('notify') || what === 'end' ? {} : { loss: 0 },
            )
            if (what === 'refresh') watched.refresh(600)
            else if (what === 'unsubscribe') watched.refresh(0)
            else if (what === 'end') taken?.subscription.end('noresource')
            else taken?.subscription.notify(() => text(`state ${at}`))
            if (what === 'notify' && !ended && taken?.ends.length === 0) newest = `state ${at}`
            ended ||= what === 'end' || what === 'unsubscribe'
            world.clock.advance(pauseMs)
          }
          Object.assign(world.network.weather, { loss: 0, duplication: 0, jitterMs: 0 })
          world.clock.advance(700_000)

          expect(watched.faults).toEqual([])
          if (!taken?.ends.includes('failed') && !ended) expect(watched.bodies.at(-1)).toBe(newest)
          expect(taken?.ends.length).toBeLessThanOrEqual(1)
          world.expectOver()
        }),
        { numRuns: 60 },
      )
    })
  }
})
