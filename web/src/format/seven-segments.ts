/**
 * A digit of seven segments, named a to g clockwise from the top, g in the middle, as LED data sheets name them.
 * Drawn in a box of 60 by 100.
 */
export const SEGMENTS = {
  a: 'M17 7H43',
  b: 'M49 13V44',
  c: 'M49 56V87',
  d: 'M17 93H43',
  e: 'M11 56V87',
  f: 'M11 13V44',
  g: 'M17 50H43',
} as const

export type Segment = keyof typeof SEGMENTS

const LIT = ['abcdef', 'bc', 'abged', 'abgcd', 'fgbc', 'afgcd', 'afgedc', 'abc', 'abcdefg', 'abcdfg'] as const

/** Which segments light for this digit, 0 to 9; none for anything else. */
export const isLit = (digit: number, segment: Segment): boolean => LIT[digit]?.includes(segment) ?? false

/** The digits that a display of two places shows: none at 0, and 99 is as far as it counts. */
export function digitsOf(count: number): readonly number[] {
  if (count <= 0) return []
  return String(Math.min(count, 99)).split('').map(Number)
}
