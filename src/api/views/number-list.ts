import { problemOf } from '../../lists/problem-of.ts'
import type { NumberList } from '../../store/model.ts'
import type { NumberList as NumberListView } from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'
import { shownUrl } from './target.ts'

/** A block list as the API shows it: without its token, and without the query of its address. */
export function showNumberList(list: NumberList): NumberListView {
  const { id, name, kind, url, token, country, minVotes, everyHours, count, skipped, problem } = list
  const why = problem && problemOf(problem)
  return {
    ...{ id, name, kind, country, minVotes, everyHours, count, skipped },
    url: url && shownUrl(url),
    hasToken: token !== null,
    createdAt: iso(list.createdAt),
    readAt: isoOrNull(list.readAt),
    triedAt: isoOrNull(list.triedAt),
    nextAt: isoOrNull(list.nextAt),
    problem: why && { code: why.code, message: why.message },
  }
}
