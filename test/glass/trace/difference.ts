/** Lines of context before the first difference, and of either trace after it. */
const BEFORE = 2
const AFTER = 2
/** The payload of an RTP packet is long; what differs in it is told by where. */
const WIDEST = 200

/**
 * What a caller could tell two calls apart by: undefined when there is nothing. It reads like a diff, from the first
 * line that differs on.
 */
export function differenceBetween(
  one: { readonly name: string; readonly trace: readonly string[] },
  other: { readonly name: string; readonly trace: readonly string[] },
): string | undefined {
  const length = Math.max(one.trace.length, other.trace.length)
  let first = 0
  while (first < length && one.trace[first] === other.trace[first]) first++
  if (first === length) return undefined
  let differing = 0
  for (let i = first; i < length; i++) if (one.trace[i] !== other.trace[i]) differing++
  const show = (mark: string, line: string | undefined) =>
    line === undefined
      ? `${mark} (nothing more)`
      : line.replace(/^/gm, `${mark} `).replace(/^(.{200}).+/gm, '$1…')
  const lines = [
    `“${one.name}” (−) and “${other.name}” (+) differ in ${differing} of ${length} messages and packets, first in number ${first + 1}:`,
    ...one.trace.slice(Math.max(0, first - BEFORE), first).map((line) => show(' ', line)),
    ...linesFrom(one.trace, first).map((line) => show('−', line)),
    ...linesFrom(other.trace, first).map((line) => show('+', line)),
  ]
  const place = firstDifference(one.trace[first], other.trace[first])
  if (place !== undefined && place > WIDEST)
    lines.push(`(the first character that differs is number ${place})`)
  return lines.join('\n')
}

const linesFrom = (trace: readonly string[], first: number): readonly (string | undefined)[] =>
  first < trace.length ? trace.slice(first, first + AFTER) : [undefined]

function firstDifference(one = '', other = ''): number | undefined {
  for (let i = 0; i < Math.max(one.length, other.length); i++) if (one[i] !== other[i]) return i
  return undefined
}
