import { describe, expect, it } from 'vitest'
import type { Random } from '../../../src/shared/random.ts'
import { seededRandom } from '../../helpers/seeded-random.ts'
import { classify } from './classifier.ts'
import { rejectByHolm } from './holm.ts'
import { ksDistance, ksProbability, ksTest } from './kolmogorov-smirnov.ts'
import { type Measured, tellApart } from './tell-apart.ts'

const uniform = (random: Random) => (random.uint32() + 0.5) / 2 ** 32
/** Box–Muller. */
const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random))
const many = (count: number, draw: () => number) => Array.from({ length: count }, draw)

describe('the Kolmogorov–Smirnov test', () => {
  it('measures the greatest distance between two empirical distributions', () => {
    expect(ksDistance([1, 2, 3], [4, 5, 6])).toBe(1)
    expect(ksDistance([1, 2, 3, 4], [4, 3, 2, 1])).toBe(0)
    expect(ksDistance([1, 3, 5, 7], [2, 4, 6, 8])).toBe(0.25)
    expect(ksDistance([0, 0, 0, 1], [0, 1, 1, 1])).toBe(0.5)
    expect(ksDistance([1, 2], [1.5, 3, 3.5, 4])).toBe(0.75)
  })

  it.each([
    // Two samples of n, none of one among the other: 2 / C(2n, n).
    [1, 3, 2 / 20],
    [1, 5, 2 / 252],
    // Gnedenko and Korolyuk: 2·(C(2n, n−k) − C(2n, n−2k) + …) / C(2n, n) for a distance of k/n.
    [4 / 5, 5, 20 / 252],
    [3 / 5, 5, 90 / 252],
    [6 / 10, 10, (2 * 4845) / 184_756],
    [4 / 10, 10, (2 * (38_760 - 190)) / 184_756],
  ])('knows the exact probability of %d between samples of %d', (distance, n, expected) => {
    expect(ksProbability(distance, n, n)).toBeCloseTo(expected, 10)
  })

  it('knows it for samples of unequal size, by counting every order of them', () => {
    const orders = ordersOf(4, 3).map((order) => ksDistance(...order))
    for (const distance of new Set(orders)) {
      const atLeast = orders.filter((one) => one >= distance - 1e-9).length
      expect(ksProbability(distance, 4, 3)).toBeCloseTo(atLeast / orders.length, 10)
    }
  })

  it('comes near the limiting distribution for large samples', () => {
    // P(√(nm/(n+m))·D ≥ 1.358) → 5 %
    expect(ksProbability(1.358 / Math.sqrt(500), 1000, 1000)).toBeCloseTo(0.05, 2)
  })

  it('convicts the innocent no more often than it says', () => {
    const random = seededRandom(11)
    let convicted = 0
    for (let run = 0; run < 2000; run++) {
      const [one, other] = [many(60, () => normal(random)), many(60, () => normal(random))]
      if (ksTest(one, other) <= 0.05) convicted++
    }
    expect(convicted).toBeLessThan(130)
    expect(convicted).toBeGreaterThan(40)
  })

  it('has tied values count as nothing', () => {
    expect(
      ksTest(
        many(60, () => 0),
        many(60, () => 0),
      ),
    ).toBe(1)
  })
})

describe('Holm’s correction', () => {
  it('rejects step by step, and stops at the first that could be chance', () => {
    const tests = [0.01, 0.04, 0.03, 0.005].map((p) => ({ p }))
    expect(rejectByHolm(tests, 0.05).map(({ p }) => p)).toEqual([0.005, 0.01])
    expect(rejectByHolm(tests, 0.01)).toEqual([])
    expect(
      rejectByHolm(
        [0.01, 0.012, 0.02].map((p) => ({ p })),
        0.05,
      ),
    ).toHaveLength(3)
  })
})

/** Calls as one might measure them: features of several kinds, each block with a mood of its own. */
function simulate(
  random: Random,
  sides: readonly string[],
  change: (features: number[], side: string) => number[],
) {
  const calls: Measured[] = []
  for (let block = 0; block < 30; block++) {
    const mood = Math.abs(normal(random))
    for (const side of [...sides, ...sides]) {
      const drawn = [
        normal(random),
        mood + 0.3 * normal(random),
        uniform(random) * 5,
        0,
        Math.exp(normal(random)),
      ]
      const features = Object.fromEntries(change(drawn, side).map((value, i) => [`feature ${i}`, value]))
      calls.push({ side, block, features })
    }
  }
  return calls
}
const samplesOf = (calls: readonly Measured[]) =>
  calls.map(({ features, side, block }) => ({
    features: Object.values(features),
    ofFirst: side === 'out',
    block,
  }))

describe('the classifier', () => {
  it('convicts the innocent no more often than it says', () => {
    const random = seededRandom(5)
    let convicted = 0
    for (let run = 0; run < 300; run++) {
      const samples = samplesOf(simulate(random, ['out', 'ignored'], (features) => features))
      if (classify(samples, { random, exchanges: 99, alpha: 0.05 }).telling) convicted++
    }
    // 15 of 300 expected; 30 would be chance once in 5,000 runs.
    expect(convicted).toBeLessThan(30)
  })

  it.each<[string, (features: number[]) => number[]]>([
    ['a shift', ([a = 0, ...rest]) => [a + 1.2, ...rest]],
    ['a wider spread', ([a = 0, ...rest]) => [a * 3, ...rest]],
    ['two that go together', ([a = 0, b = 0, ...rest]) => [a + 0.8, b - 0.8, ...rest]],
  ])('sees %s', (_, change) => {
    const random = seededRandom(6)
    const samples = samplesOf(
      simulate(random, ['out', 'ignored'], (features, side) =>
        side === 'out' ? features : change(features),
      ),
    )
    const { accuracy, telling } = classify(samples, { random, exchanges: 999, alpha: 0.01 })
    expect(telling).toBe(true)
    expect(accuracy).toBeGreaterThan(0.6)
  })
})

describe('the judgement of both', () => {
  const SIDES = ['out', 'ignored', 'declined', 'one listener', 'ten listeners']

  it('finds nothing where there is nothing', () => {
    const random = seededRandom(8)
    for (let run = 0; run < 10; run++) {
      const calls = simulate(random, SIDES, (features) => features)
      expect(tellApart(calls, { first: 'out', random })).toEqual([])
    }
  })

  it('names the side and the feature that tell', () => {
    const random = seededRandom(9)
    const calls = simulate(random, SIDES, ([a = 0, ...rest], side) => [
      side === 'declined' ? a - 2 : a,
      ...rest,
    ])
    const told = tellApart(calls, { first: 'out', random })
    expect(told).toHaveLength(2)
    expect(told[0]).toMatch(/^declined: feature 0 \(Kolmogorov–Smirnov, p = \S+\): out /)
    expect(told[1]).toMatch(/^declined: a classifier is right in \d\d %/)
  })
})

/** Every order in which `n` and `m` values can stand, as two samples. */
function ordersOf(n: number, m: number): (readonly [number[], number[]])[] {
  const all: (readonly [number[], number[]])[] = []
  for (let bits = 0; bits < 2 ** (n + m); bits++) {
    const places = [...Array(n + m).keys()]
    const one = places.filter((place) => bits & (1 << place))
    if (one.length === n) all.push([one, places.filter((place) => !one.includes(place))])
  }
  return all
}
