import { describe, expect, it } from 'vitest'
import { heardQuality, opinionOf, ratingOf, sentQuality, verdictOn } from './e-model.ts'
import type { LegStatistics } from './trace.ts'

const LEG: LegStatistics = {
  kind: 'caller',
  name: null,
  codec: 'PCMU',
  durationMs: 10_000,
  sent: { packets: 500, bytes: 80_000 },
  received: { packets: 490, bytes: 78_400 },
  lost: 10,
  late: 0,
  ignored: 0,
  jitterMs: 4,
  longestGapMs: 40,
  reported: { lostShare: 0, jitterMs: 2, roundTripMs: 30 },
}

describe('the E-model (ITU-T G.107)', () => {
  it.each([
    // Ppl in %, delay in ms → R: 93.2 − 95·Ppl/(Ppl + 25.1) − Idd, by hand
    [0, 0, 93.2],
    [0, 100, 93.2],
    [1, 0, 89.56],
    [2, 0, 86.19],
    [5, 0, 77.42],
    [10, 0, 66.13],
    [20, 0, 51.07],
    [0, 150, 93.04],
    [0, 200, 90.14],
    [0, 400, 69.12],
    [100, 0, 17.26],
  ])('rates %d percent lost and %d ms at %d', (percent, delayMs, rating) => {
    expect(ratingOf({ lostShare: percent / 100, delayMs })).toBeCloseTo(rating, 1)
  })

  it.each([
    // Annex B, table B.1: the limits of its categories
    [90, 4.34],
    [80, 4.02],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
    [0, 1],
    [-5, 1],
    [120, 4.5],
    [93.2, 4.41],
  ])('gives R %d the score %d (annex B)', (rating, opinion) => {
    expect(opinionOf(rating)).toBeCloseTo(opinion, 2)
  })

  it('never gives less than 1, nor more for more loss or delay', () => {
    let last = 5
    for (let step = 0; step <= 100; step++) {
      const opinion = opinionOf(ratingOf({ lostShare: step / 100, delayMs: step * 10 }))
      expect(opinion).toBeGreaterThanOrEqual(1)
      expect(opinion).toBeLessThanOrEqual(last)
      last = opinion
    }
  })

  it('says it in a word', () => {
    expect([4.4, 4.2, 3.7, 3.2, 2].map(verdictOn)).toEqual(['excellent', 'good', 'fair', 'poor', 'bad'])
  })
})

describe('how a leg sounded', () => {
  it('by what came, and by what the other side reported', () => {
    expect(heardQuality(LEG)?.mos).toBeCloseTo(4.23, 2)
    expect(heardQuality(LEG)?.verdict).toBe('good')
    expect(sentQuality(LEG)).toMatchObject({ verdict: 'excellent' })
  })

  it('is not known where nothing came, or nobody reported', () => {
    expect(heardQuality({ ...LEG, received: { packets: 0, bytes: 0 } })).toBeUndefined()
    expect(sentQuality({ ...LEG, reported: null })).toBeUndefined()
  })
})
