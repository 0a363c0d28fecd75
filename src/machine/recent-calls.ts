import { boundedMap } from '../shared/bounded-map.ts'
import { comparable } from '../shared/same-number.ts'
import type { Store } from '../store/store.ts'

/** Whose calls are counted. */
interface Caller {
  readonly number: string | null
  readonly e164: string | null
}

/** When callers have called of late, in memory: a call that arrives must not wait for the database. */
export interface RecentCalls {
  note(caller: Caller, at: number): void
  /** In so many minutes before this instant. Of who withholds the number nothing is known. */
  count(caller: Caller, minutes: number, at: number): number
}

/** For rules: a caller's calls are known for a day. */
export const MOST_MINUTES = 24 * 60
/** Callers that are remembered; past it, whoever has not called for longest is forgotten. */
const MOST_CALLERS = 10_000
/** Calls of one caller that are remembered. */
const MOST_CALLS = 100
const MINUTE_MS = 60_000
const PAGE = 200
/** So many calls are read at the start. */
const MOST_PAGES = 25

/** Rejects with AP_STORE_* when the store can't be read. */
export async function openRecentCalls(store: Pick<Store, 'calls'>, now: number): Promise<RecentCalls> {
  const known = boundedMap<string, readonly number[]>(MOST_CALLERS)
  const recent: RecentCalls = {
    note(caller, at) {
      const key = keyOf(caller)
      if (key === undefined) return
      const since = at - MOST_MINUTES * MINUTE_MS
      const before = (known.get(key) ?? []).filter((instant) => instant > since)
      known.set(key, [...before, at].slice(-MOST_CALLS))
    },
    count(caller, minutes, at) {
      const since = at - minutes * MINUTE_MS
      const key = keyOf(caller)
      const instants = key === undefined ? [] : (known.get(key) ?? [])
      return instants.filter((instant) => since < instant && instant <= at).length
    },
  }

  const read: { readonly caller: Caller; readonly at: number }[] = []
  let cursor: string | null | undefined
  for (let page = 0; page < MOST_PAGES && cursor !== null; page++) {
    const { rows, nextCursor } = await store.calls.list({
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    })
    for (const { callerNumber: number, callerE164: e164, arrivedAt: at } of rows)
      read.push({ caller: { number, e164 }, at })
    const oldest = rows.at(-1)?.arrivedAt ?? 0
    cursor = oldest > now - MOST_MINUTES * MINUTE_MS ? nextCursor : null
  }
  for (const { caller, at } of read.toReversed()) recent.note(caller, at)
  return recent
}

const keyOf = ({ number, e164 }: Caller): string | undefined =>
  number === null ? undefined : comparable(e164 ?? number)
