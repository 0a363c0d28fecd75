import type { Random } from '../../../src/shared/random.ts'

/** A call as a classifier sees it: its features, whether it is of the first side, and the block in which it was made. */
export interface Sample {
  readonly features: readonly number[]
  readonly ofFirst: boolean
  readonly block: number
}

export interface ClassifyOptions {
  readonly random: Random
  readonly exchanges: number
  /** The p-value that convicts. Once it is out of reach, no more is exchanged: `p` is then only near enough. */
  readonly alpha: number
}

const FOLDS = 5
/** Strength of the ridge, in samples: features that say the same are many here. */
const RIDGE = 10

/**
 * Whether calls of two sides can be told apart by all their features together: the accuracy of a linear classifier
 * (regularised least squares, which for two classes is Fisher's discriminant) in cross-validation, and the probability
 * of one at least as good if the sides were alike. That comes from exchanging the sides within the blocks at random: calls
 * of one block were made in the same seconds, so that what a busy machine does to all of them cannot pass for a difference.
 *
 * Each feature goes in as it is, and as how far it is from the middle, so that a difference in spread is seen too. For a
 * fold, guesses are a fixed linear map of the known labels, so that thousands of exchanges cost next to nothing.
 */
export function classify(
  samples: readonly Sample[],
  { random, exchanges, alpha }: ClassifyOptions,
): { readonly accuracy: number; readonly p: number; readonly telling: boolean } {
  const blocks = [...Map.groupBy(samples.keys(), (i) => samples[i]?.block ?? 0).values()]
  const folds = foldsOf(blocks, samples.length, random)
  const guessers = folds.map((fold) => guesserFor(samples, fold))
  const accuracyOf = (labels: Float64Array) => {
    let right = 0
    for (const guess of guessers) right += guess(labels)
    return right / samples.length
  }
  const labels = Float64Array.from(samples, ({ ofFirst }) => (ofFirst ? 1 : -1))
  const accuracy = accuracyOf(labels)
  const most = alpha * (exchanges + 1)
  let asGood = 1
  let exchanged = 0
  while (exchanged < exchanges && asGood <= most) {
    for (const block of blocks) shuffleWithin(labels, block, random)
    if (accuracyOf(labels) >= accuracy) asGood++
    exchanged++
  }
  return { accuracy, p: asGood / (exchanged + 1), telling: asGood <= most }
}

/** For each fold the samples that are guessed; a block stays together, since its calls share their seconds. */
function foldsOf(blocks: readonly number[][], count: number, random: Random): readonly ReadonlySet<number>[] {
  const order = [...blocks.keys()]
  shuffleWithin(order, [...order], random)
  const folds = Array.from({ length: Math.min(FOLDS, blocks.length, count) }, () => new Set<number>())
  for (const [turn, block] of order.entries())
    for (const sample of blocks[block] ?? []) folds[turn % folds.length]?.add(sample)
  return folds
}

/** How many of a fold's samples are guessed right by what the others teach, for any labels. */
function guesserFor(samples: readonly Sample[], fold: ReadonlySet<number>): (labels: Float64Array) => number {
  const all = [...samples.keys()]
  const taught = all.filter((i) => !fold.has(i))
  const rows = standardise(samples, taught)
  const width = rows[0]?.length ?? 0
  const gram = Array.from({ length: width }, (_, a) =>
    Float64Array.from({ length: width }, (_, b) => {
      let sum = a === b ? RIDGE : 0
      for (const i of taught) sum += (rows[i]?.[a] ?? 0) * (rows[i]?.[b] ?? 0)
      return sum
    }),
  )
  /** Per guessed sample, what each label that is known adds to the guess. */
  const weights = [...fold].map((i) => {
    const solved = solve(gram, rows[i] ?? [])
    return { i, of: Float64Array.from(taught, (k) => dot(rows[k] ?? [], solved)) }
  })
  const known = new Float64Array(taught.length)
  return (labels) => {
    for (let k = 0; k < known.length; k++) known[k] = labels[taught[k] ?? 0] ?? 0
    const mean = known.reduce((sum, label) => sum + label, 0) / known.length
    let right = 0
    for (const { i, of } of weights) {
      let guess = mean
      for (let k = 0; k < known.length; k++) guess += (of[k] ?? 0) * ((known[k] ?? 0) - mean)
      if (guess >= 0 === (labels[i] ?? 0) > 0) right++
    }
    return right
  }
}

/** Every feature about its median in units of its spread, cut off at ±4, and its size without sign; by what is taught alone. */
function standardise(samples: readonly Sample[], taught: readonly number[]): number[][] {
  const width = samples[0]?.features.length ?? 0
  const columns = Array.from({ length: width }, (_, feature) => {
    const values = taught.map((i) => samples[i]?.features[feature] ?? 0).sort((a, b) => a - b)
    const at = (share: number) => values[Math.floor(share * (values.length - 1))] ?? 0
    return { middle: at(0.5), spread: (at(0.84) - at(0.16)) / 2 || 1 }
  })
  const rows = samples.map(({ features }) => {
    const scaled = features.map((value, feature) => {
      const { middle = 0, spread = 1 } = columns[feature] ?? {}
      return Math.max(-4, Math.min(4, (value - middle) / spread))
    })
    return [...scaled, ...scaled.map((value) => Math.abs(value))]
  })
  const means = Array.from({ length: 2 * width }, (_, column) => {
    let sum = 0
    for (const i of taught) sum += rows[i]?.[column] ?? 0
    return sum / taught.length
  })
  return rows.map((row) => row.map((value, column) => value - (means[column] ?? 0)))
}

/** Solves the linear equations with this symmetric, positive matrix (Cholesky is not worth its lines here: Gauss). */
function solve(matrix: readonly Float64Array[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => Float64Array.from([...row, right[i] ?? 0]))
  const size = rows.length
  for (let pivot = 0; pivot < size; pivot++) {
    const from = rows[pivot] as Float64Array
    for (let row = pivot + 1; row < size; row++) {
      const to = rows[row] as Float64Array
      const factor = (to[pivot] ?? 0) / (from[pivot] ?? 1)
      for (let k = pivot; k <= size; k++) to[k] = (to[k] ?? 0) - factor * (from[k] ?? 0)
    }
  }
  const solution = Array.from({ length: size }, () => 0)
  for (let row = size - 1; row >= 0; row--) {
    const from = rows[row] as Float64Array
    let value = from[size] ?? 0
    for (let k = row + 1; k < size; k++) value -= (from[k] ?? 0) * (solution[k] ?? 0)
    solution[row] = value / (from[row] ?? 1)
  }
  return solution
}

function dot(one: readonly number[], other: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += (one[i] ?? 0) * (other[i] ?? 0)
  return sum
}

/** Fisher–Yates over these places. */
function shuffleWithin(values: { [place: number]: number }, places: readonly number[], random: Random): void {
  for (let last = places.length - 1; last > 0; last--) {
    const other = random.uint32() % (last + 1)
    const [a, b] = [places[last] ?? 0, places[other] ?? 0]
    const kept = values[a] ?? 0
    values[a] = values[b] ?? 0
    values[b] = kept
  }
}
