import type { NumberList } from '../store/number-list.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * How long after it was read a list is fetched again, in ms: about as often as is wished, at another time each day, so that
 * not all machines of the world come at three in the morning.
 *
 * @param chance from 0 to 1
 */
export const untilNextRead = ({ everyHours }: Pick<NumberList, 'everyHours'>, chance: number): number =>
  everyHours * HOUR_MS * (1 + (chance - 0.5) / 12)

/**
 * How long after it could not be fetched a list is tried again, in ms: longer and longer, up to as often as it is fetched
 * anyway. A service for many is tried by the hour at first.
 *
 * @param failures in a row, this one included
 * @param afterMs as the server asks for
 */
export function untilNextTry(
  list: Pick<NumberList, 'kind' | 'everyHours'>,
  failures: number,
  chance: number,
  afterMs = 0,
): number {
  const first = list.kind === 'phoneblock' ? HOUR_MS : 5 * MINUTE_MS
  const backOff = first * 2 ** Math.min(failures - 1, 20) * (1 + chance / 4)
  return Math.max(afterMs, Math.min(backOff, untilNextRead(list, chance)))
}
