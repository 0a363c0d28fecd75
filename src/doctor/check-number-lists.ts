import { problemOf } from '../lists/problem-of.ts'
import type { NumberList } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { type Finding, ok, warn } from './finding.ts'

const DAY_MS = 86_400_000
/** A server may be down over a weekend. */
const LATE_DAYS = 3

/** Whether the block lists are as old as their owner thinks they are. */
export async function checkNumberLists(store: Pick<Store, 'numberLists'>, now: number): Promise<Finding[]> {
  return (await store.numberLists.list()).flatMap((list) => judge(list, now))
}

function judge(list: NumberList, now: number): Finding[] {
  const { name, url, count, createdAt, readAt, everyHours, problem } = list
  if (url === null) return []
  const days = Math.floor((now - (readAt ?? createdAt)) / DAY_MS)
  const isLate = days >= Math.max(LATE_DAYS, (3 * everyHours) / 24)
  if (!isLate)
    return [ok('lists', `block list ${name} has ${count} numbers`, `Sperrliste ${name} hat ${count} Nummern`)]
  const why = problem ? ` (${problemOf(problem).code})` : ''
  return [
    warn('lists', {
      code: 'AP_LIST_OLD',
      details: { name, days },
      what: {
        en: `block list ${name} could not be fetched for ${days} days${why}`,
        de: `Sperrliste ${name} ließ sich seit ${days} Tagen nicht holen${why}`,
      },
      de: 'Was zuletzt gelesen wurde, gilt weiter. Woran es liegt, steht unter Einstellungen → Sperrlisten.',
    }),
  ]
}
