import { openThread, type Thread } from '../../notify/open-thread.ts'
import type { AccountOrder, AccountOutcome } from './account.ts'

/** Reads accounts at CardDAV servers. */
export type ReadThread = Thread<AccountOrder, AccountOutcome>

export function openReadThread(): ReadThread {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
  return openThread({
    name: 'contacts',
    entry: new URL(`./read-thread${ending}`, import.meta.url),
    data: undefined,
    later: (why) => ({ kind: 'failed', code: 'AP_CARDDAV_FAILED', detail: why }),
  })
}
