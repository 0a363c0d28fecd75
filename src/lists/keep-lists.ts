import { once } from 'node:events'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import { type WorkingOff, workOff } from '../store/work-off.ts'
import { LIST_LEASE_MS, type ListDesk } from './list-desk.ts'

/** Fetches each list when its time has come, one after another, until it is disposed of: what is under way then is given up. */
export function keepLists(options: {
  readonly store: Pick<Store, 'numberLists' | 'onChange'>
  readonly desk: Pick<ListDesk, 'refresh'>
  readonly clock: Clock
  readonly log: Log
}): WorkingOff {
  const { store, desk, clock, log } = options
  return workOff({
    store,
    table: 'number_lists',
    rows: store.numberLists,
    leaseMs: LIST_LEASE_MS,
    worker: () => async (list, closing) => {
      const read = await Promise.race([desk.refresh(list.id), once(closing, 'abort').then(() => undefined)])
      // The next start reads it.
      if (!read) await store.numberLists.noted(list.id, { nextAt: clock.now() })
      else if (read.problem)
        log.warn({ list: read.name, code: read.problem.code }, 'a block list could not be fetched')
      else log.info({ list: read.name, count: read.count }, 'a block list was fetched')
      return 0
    },
    failed: (error) => log.error({ err: error }, 'the block lists can not be read; it is tried again'),
    clock,
  })
}
