import type { Machine } from '../../machine/machine.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Store } from '../../store/store.ts'
import { unpackTrace } from '../../trace/pack.ts'
import type { Trace } from '../../trace/trace.ts'
import type { HouseCall } from '../contract.ts'
import { iso, isoOrNull } from '../views/instant.ts'
import { defined } from './defined.ts'

/** What went over the wire for a call, while it goes on or afterwards. Rejects with AP_LADDER_MISSING. */
export async function needTrace(
  { store, machine }: { readonly store: Pick<Store, 'traces'>; readonly machine?: Pick<Machine, 'traceOf'> },
  id: string,
): Promise<Trace> {
  const running = machine?.traceOf(id)
  if (running) return running
  const row = await store.traces.get(id)
  if (!row) throw new AnswerphoneError('AP_LADDER_MISSING', { id })
  return unpackTrace(row)
}

/** One page of the calls between phones, and out, of which there are ladders. */
export async function findHouseCalls(
  { traces }: Pick<Store, 'traces'>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly calls: HouseCall[]; readonly nextCursor: string | null }> {
  const { rows, nextCursor } = await traces.list({ kind: 'house', limit, ...defined({ cursor }) })
  const calls = rows.map(({ id, title, startedAt, endedAt }) => ({
    id,
    title,
    startedAt: iso(startedAt),
    endedAt: isoOrNull(endedAt),
  }))
  return { calls, nextCursor }
}
