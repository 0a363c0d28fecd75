import type { Weekday } from '../api/contract.ts'
import { AnswerphoneError } from '../shared/errors.ts'

const DAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Reads `mon-fri`, `sat,sun` or `fri-mon`. Throws AP_INPUT_INVALID. */
export function readDays(text: string): Weekday[] {
  const chosen = text.split(',').flatMap((part) => {
    const [first = '', last = first, ...rest] = part.trim().toLowerCase().split('-')
    const names: readonly string[] = DAYS
    const [begin, end] = [names.indexOf(first), names.indexOf(last)]
    if (begin < 0 || end < 0 || rest.length > 0)
      throw new AnswerphoneError('AP_INPUT_INVALID', {
        what: `--days: "${part}" is no day. Write mon, tue, wed, thu, fri, sat, sun, or mon-fri.`,
      })
    return begin <= end ? DAYS.slice(begin, end + 1) : [...DAYS.slice(begin), ...DAYS.slice(0, end + 1)]
  })
  return DAYS.filter((day) => chosen.includes(day))
}

/** The same the other way, with three days or more in a row as a span. */
export function showDays(days: readonly Weekday[]): string {
  const runs: Weekday[][] = []
  for (const day of DAYS.filter((name) => days.includes(name))) {
    const run = runs.at(-1)
    if (run && DAYS.indexOf(day) === DAYS.indexOf(run.at(-1) ?? day) + 1) run.push(day)
    else runs.push([day])
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join(','))).join(',')
}
