import { WEEKDAYS, type Weekday } from '../../shared/local-time.ts'

/** `a`, `a or b`, `a, b or c`. */
export function listed(items: readonly string[], word: string): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}

export const quoted = (open: string, close: string) => (text: string) => `${open}${text}${close}`

/** A pattern as people read it: `0900…`. */
export const shortened = (pattern: string) => pattern.replaceAll('*', '…')

/** Days of the week as people say them: three in a row or more from the first to the last. */
export function spansOfDays(
  days: readonly Weekday[],
  say: (first: Weekday, last?: Weekday) => string,
): readonly string[] {
  const runs: Weekday[][] = []
  for (const day of WEEKDAYS.filter((name) => days.includes(name))) {
    const run = runs.at(-1)
    if (run && WEEKDAYS.indexOf(day) === WEEKDAYS.indexOf(run.at(-1) ?? day) + 1) run.push(day)
    else runs.push([day])
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)]
    if (!first || !last) return []
    return run.length > 2 ? [say(first, last)] : run.map((day) => say(day))
  })
}
