import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { Store } from '../../store/store.ts'
import { workOff } from '../../store/work-off.ts'
import { openReadThread, type ReadThread } from './open-read-thread.ts'
import { SYNC_LEASE_MS, type SyncTools, syncSource } from './sync-source.ts'

export interface KeepSyncedOptions {
  readonly store: SyncTools['store'] & Pick<Store, 'onChange'>
  readonly reach: SyncTools['reach']
  /** For tests. */
  readonly thread?: ReadThread
  readonly clock: Clock
  readonly log: Log
}

/** Reads each source of contacts when it is due, one after another. */
export function keepSynced(options: KeepSyncedOptions): AsyncDisposable {
  const { store, reach, thread = openReadThread(), clock, log } = options
  const working = workOff({
    store,
    table: 'contact_sources',
    rows: store.contactSources,
    leaseMs: SYNC_LEASE_MS,
    worker: () => async (source, closing) => {
      // What is being read is given up.
      closing.addEventListener('abort', () => void thread[Symbol.asyncDispose](), { once: true })
      await syncSource({ store, thread, reach, clock, log }, source, closing)
      return 0
    },
    failed: (error) => log.error({ err: error }, 'contacts could not be read from an address book'),
    clock,
  })
  return {
    async [Symbol.asyncDispose]() {
      await working[Symbol.asyncDispose]()
      await thread[Symbol.asyncDispose]()
    },
  }
}
