import { openThread, type Thread } from '../../notify/open-thread.ts'
import { entryBeside } from '../../shared/entry-beside.ts'
import type { AccountOrder, AccountOutcome } from './account.ts'

/** Reads accounts at CardDAV servers. */
export type ReadThread = Thread<AccountOrder, AccountOutcome>

export function openReadThread(): ReadThread {
  return openThread({
    name: 'contacts',
    entry: entryBeside(import.meta.url, 'read-thread'),
    data: undefined,
    later: (why) => ({ kind: 'failed', code: 'AP_CARDDAV_FAILED', detail: why }),
  })
}
