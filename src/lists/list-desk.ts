import type { HookReach } from '../notify/http/reach.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Random } from '../shared/random.ts'
import { readHouseCountry } from '../store/house-country.ts'
import type { ListState, NumberList } from '../store/number-list.ts'
import type { Store } from '../store/store.ts'
import type { ListJob, ListOutcome } from './list-job.ts'
import { untilNextRead, untilNextTry } from './next-look.ts'
import { type ListThread, openListThread } from './open-list-thread.ts'
import { problemOf } from './problem-of.ts'

/** Reads lists, and writes down what came of it. */
export interface ListDesk {
  /**
   * Fetches a list now; one that is being fetched already, once. How it went is in the list that it resolves to. Rejects
   * with AP_NOT_FOUND, and AP_LIST_FROM_FILE where there is nothing to fetch.
   */
  refresh(key: string): Promise<NumberList>
  /** Puts a file in place of what a list had. Rejects with AP_NOT_FOUND, AP_LIST_FETCHED, and AP_LIST_* where it is none. */
  put(key: string, text: string): Promise<NumberList>
}

export interface DeskTools {
  readonly store: Pick<Store, 'numberLists' | 'settings' | 'lines'>
  readonly reach: () => HookReach
  readonly clock: Pick<Clock, 'now'>
  readonly random: Random
  /** In place of a thread for each list that is read. */
  readonly openThread?: () => ListThread
}

/** Whoever fetches a list has it for so long; were the process to die, it is due again after that. */
export const LIST_LEASE_MS = 5 * 60_000

/** PhoneBlock asks not to be asked more often than daily: who presses a button again and again does not. */
const ENOUGH_MS = 3_600_000

export function createListDesk(tools: DeskTools): ListDesk {
  const { store, reach, clock, random, openThread = openListThread } = tools
  const underWay = new Map<string, Promise<NumberList>>()

  const need = async (key: string): Promise<NumberList> => {
    const list = await store.numberLists.get(key)
    if (!list) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'block list', id: key })
    return list
  }

  async function read(list: NumberList, text: string): Promise<ListOutcome> {
    const { kind, url, token, country, minVotes, marker, readAt } = list
    const packed = readAt === null ? undefined : await store.numberLists.numbers(list.id)
    const job: ListJob = {
      ...{ kind, token, minVotes, text, reach: reach(), url: url ?? '' },
      country: country ?? (await readHouseCountry(store)).country,
      before: packed === undefined ? null : { packed, marker },
    }
    await using thread = openThread()
    return await thread.post(job)
  }

  /** Writes it down, unless the list was made another one meanwhile. */
  async function settle(list: NumberList, outcome: ListOutcome): Promise<NumberList> {
    const now = clock.now()
    const current = await need(list.id)
    if (SETTINGS.some((name) => current[name] !== list[name])) {
      if (list.kind !== 'file') await store.numberLists.noted(list.id, { nextAt: now })
      return current
    }
    const state: Partial<ListState> =
      outcome.kind === 'failed'
        ? {
            triedAt: now,
            failures: list.failures + 1,
            problem: outcome.problem,
            nextAt:
              now +
              untilNextTry(
                list,
                list.failures + 1,
                random.fraction(),
                Number(outcome.problem.details['afterMs'] ?? 0),
              ),
          }
        : {
            ...{ triedAt: now, readAt: now, failures: 0, problem: null, marker: outcome.marker },
            nextAt: list.kind === 'file' ? null : now + untilNextRead(list, random.fraction()),
            ...(outcome.packed && {
              ...{ count: outcome.count, skipped: outcome.skipped },
              revision: list.revision + 1,
            }),
          }
    await store.numberLists.noted(list.id, state, (outcome.kind === 'read' && outcome.packed) || undefined)
    return { ...list, ...state }
  }

  async function fetch(list: NumberList): Promise<NumberList> {
    await store.numberLists.noted(list.id, { nextAt: clock.now() + LIST_LEASE_MS })
    return await settle(list, await read(list, ''))
  }

  return {
    async refresh(key) {
      const list = await need(key)
      const { id, kind, name, problem, readAt } = list
      if (kind === 'file') throw new AnswerphoneError('AP_LIST_FROM_FILE', { name })
      const isFresh = problem === null && readAt !== null && clock.now() - readAt < ENOUGH_MS
      // A marker that is gone says that the list is another one.
      if (kind === 'phoneblock' && isFresh && list.marker.fullAt !== undefined) return list
      const going = underWay.get(id) ?? fetch(list)
      underWay.set(id, going)
      try {
        return await going
      } finally {
        if (underWay.get(id) === going) underWay.delete(id)
      }
    },
    async put(key, text) {
      const list = await need(key)
      if (list.kind !== 'file') throw new AnswerphoneError('AP_LIST_FETCHED', { name: list.name })
      const outcome = await read(list, text)
      if (outcome.kind === 'failed') throw problemOf(outcome.problem)
      return await settle(list, outcome)
    },
  }
}

/** What makes it another list. */
const SETTINGS = ['url', 'token', 'country', 'minVotes'] as const
