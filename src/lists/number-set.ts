import { comparable } from '../shared/same-number.ts'

/**
 * The numbers of a list, as few bytes as a look-up in a millisecond's thousandth allows: digits of up to 15 are whole
 * numbers that a double holds, sorted, 8 bytes each (docs/performance.md).
 */
export interface NumberSet {
  /** In E.164, without the `+`, ascending. */
  readonly world: Float64Array
  /** As they are written, without leading zeros: in which country is not known. Ascending. */
  readonly local: Float64Array
  /** Digits in E.164 that a number may be or, before a `*`, begin with. */
  readonly patterns: ReadonlySet<string>
  /** In E.164, without the `+`: never on this list, whatever else is so. Ascending. */
  readonly allowed: Float64Array
}

export const NO_NUMBERS: NumberSet = {
  world: new Float64Array(),
  local: new Float64Array(),
  patterns: new Set(),
  allowed: new Float64Array(),
}

/** How many numbers and beginnings are on it. */
export const sizeOf = ({ world, local, patterns }: NumberSet): number =>
  world.length + local.length + patterns.size

/** @param e164 the number in E.164, as far as its line and the house know it */
export function hasNumber(set: NumberSet, number: string, e164: string | null): boolean {
  if (e164 !== null) {
    const digits = e164.slice(1)
    if (includes(set.allowed, Number(digits))) return false
    if (includes(set.world, Number(digits)) || fitsPattern(set.patterns, digits)) return true
  }
  const written = comparable(number)
  return /^\d{1,15}$/.test(written) && includes(set.local, Number(written))
}

function fitsPattern(patterns: ReadonlySet<string>, digits: string): boolean {
  if (patterns.size === 0) return false
  if (patterns.has(digits)) return true
  for (let length = 1; length <= digits.length; length++)
    if (patterns.has(`${digits.slice(0, length)}*`)) return true
  return false
}

function includes(sorted: Float64Array, wanted: number): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    const found = sorted[middle] as number
    if (found === wanted) return true
    if (found < wanted) from = middle + 1
    else to = middle
  }
  return false
}
