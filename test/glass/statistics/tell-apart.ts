import type { Random } from '../../../src/shared/random.ts'
import { classify } from './classifier.ts'
import { rejectByHolm } from './holm.ts'
import { ksTest } from './kolmogorov-smirnov.ts'

/** One call as its caller could measure it. */
export interface Measured {
  readonly side: string
  /** Calls of one block were made in the same seconds, in random order, equally many of each side. */
  readonly block: number
  /** By name; every call has the same. */
  readonly features: Readonly<Record<string, number>>
}

/**
 * How often the whole judgement may be wrong about sides that are alike: 0.5 % for all features of all sides together,
 * 0.4 % for all classifiers together; less than one run in a hundred.
 */
const ALPHA = { features: 0.005, classifiers: 0.004 }
/** Enough for a p-value a fifth of what convicts. */
const EXCHANGES = 4999

/** What tells calls of the other sides from those of the first, in words; empty when nothing does. */
export function tellApart(
  calls: readonly Measured[],
  { first, random }: { readonly first: string; readonly random: Random },
): readonly string[] {
  const others = [...new Set(calls.map(({ side }) => side))].filter((side) => side !== first)
  const names = Object.keys(calls[0]?.features ?? {})
  const of = (side: string, name: string) =>
    calls.filter((call) => call.side === side).map(({ features }) => features[name] ?? Number.NaN)
  const tests = others.flatMap((side) =>
    names.map((name) => ({ side, name, p: ksTest(of(first, name), of(side, name)) })),
  )
  const telling = rejectByHolm(tests, ALPHA.features).map(({ side, name, p }) => {
    const [one, other] = [of(first, name), of(side, name)].map(describeSample)
    return `${side}: ${name} (Kolmogorov–Smirnov, p = ${p.toExponential(1)}): ${first} ${one}, ${side} ${other}`
  })
  for (const side of others) {
    const samples = calls
      .filter((call) => call.side === side || call.side === first)
      .map(({ features, block, ...call }) => ({
        features: names.map((name) => features[name] ?? 0),
        ofFirst: call.side === first,
        block,
      }))
    const alpha = ALPHA.classifiers / others.length
    const { accuracy, p, telling: apart } = classify(samples, { random, exchanges: EXCHANGES, alpha })
    if (apart)
      telling.push(
        `${side}: a classifier is right in ${(100 * accuracy).toFixed(0)} % (p = ${p.toExponential(1)})`,
      )
  }
  return telling
}

function describeSample(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(3)
  return `${at(0.1)} … ${at(0.5)} … ${at(0.9)}`
}
