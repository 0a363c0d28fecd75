import type { ContactOf } from '../../machine/contact-finder.ts'
import type { Store } from '../../store/store.ts'
import type { CallListQuery, PastCall } from '../contract.ts'
import { showPastCall } from '../views/call.ts'
import { readNames } from '../views/names.ts'
import { defined } from './defined.ts'
import { needLine } from './lines.ts'

/** One page of calls that are over, as the API and the command line list them. */
export async function findCalls(
  {
    store,
    contactOf,
  }: { readonly store: Pick<Store, 'calls' | 'lines' | 'mailboxes'>; readonly contactOf: ContactOf },
  query: CallListQuery,
): Promise<{ readonly calls: PastCall[]; readonly nextCursor: string | null }> {
  const { rows, nextCursor } = await store.calls.list({
    limit: query.limit,
    ...defined({
      q: query.q,
      cursor: query.cursor,
      callerNumber: query.caller,
      lineId: query.line === undefined ? undefined : (await needLine(store, query.line)).id,
    }),
  })
  const names = await readNames(store)
  return { calls: rows.map((row) => showPastCall(row, names, contactOf)), nextCursor }
}
