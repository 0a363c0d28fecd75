import type { Message, PastCall } from '../../../src/api/contract.ts'
import { formatLength } from '../../../src/shared/length.ts'
import type { Words } from '../i18n/words.ts'
import { daysBetween, formatDay, formatTime, type Place } from './moment.ts'

/** What is known of a caller from before. */
export interface Earlier {
  /** His calls before this one, the newest first, as many as were asked for. */
  readonly calls: readonly Pick<PastCall, 'arrivedAt'>[]
  /** There are more than these. */
  readonly isCut: boolean
  /** What he left last; null: nothing. */
  readonly lastMessage: Pick<Message, 'receivedAt' | 'durationMs' | 'note'> | null
}

/** How often and when somebody has called, and what he left last, in a sentence each. Pure. */
export function tellEarlier(earlier: Earlier, now: number, place: Place, words: Words): string[] {
  const { calls, isCut, lastMessage } = earlier
  const said = words.earlier
  const [last] = calls
  if (!last) return [said.first]
  const moment = (iso: string) => `${formatDay(iso, now, place)}, ${formatTime(iso, now, place)}`
  const today = calls.filter(({ arrivedAt }) => daysBetween(Date.parse(arrivedAt), now, place) === 0).length
  const often =
    today > 0
      ? said.timeToday(today + 1, formatTime(last.arrivedAt, now, place))
      : said.before(calls.length, isCut, moment(last.arrivedAt))
  if (!lastMessage) return [often]
  const { receivedAt, durationMs, note } = lastMessage
  return [often, said.lastMessage(moment(receivedAt), formatLength(durationMs), note)]
}
