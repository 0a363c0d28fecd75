import type { ContactOf } from '../../machine/contact-finder.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { CallDetails } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { CallListQuery, PastCall } from '../contract.ts'
import { showPastCall } from '../views/call.ts'
import { readNames } from '../views/names.ts'
import { defined } from './defined.ts'
import { needLine } from './lines.ts'
import { numberedIn } from './numbered.ts'

/** One page of calls that are over, as the API and the command line list them. */
export async function findCalls(
  {
    store,
    contactOf,
  }: {
    readonly store: Pick<Store, 'calls' | 'lines' | 'mailboxes' | 'settings'>
    readonly contactOf: ContactOf
  },
  query: CallListQuery,
): Promise<{ readonly calls: PastCall[]; readonly nextCursor: string | null }> {
  const { rows, nextCursor } = await store.calls.list({
    limit: query.limit,
    ...defined({
      q: query.q,
      cursor: query.cursor,
      callers: query.caller === undefined ? undefined : await numberedIn(store, [query.caller]),
      lineId: query.line === undefined ? undefined : (await needLine(store, query.line)).id,
    }),
  })
  const names = await readNames(store)
  return { calls: rows.map((row) => showPastCall(row, names, contactOf)), nextCursor }
}

/** Rejects with AP_NOT_FOUND. */
export async function needCall(store: Pick<Store, 'calls'>, id: string): Promise<CallDetails> {
  const call = await store.calls.get(id)
  if (!call) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'call', id })
  return call
}
