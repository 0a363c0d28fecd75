import { openThread, type Thread } from '../notify/open-thread.ts'
import type { ListJob, ListOutcome } from './list-job.ts'

export type ListThread = Thread<ListJob, ListOutcome>

/**
 * Reads lists: a million numbers are seconds of work that no caller may wait for. Lists are read once a day; the thread
 * goes with its memory once it is disposed of.
 */
export function openListThread(): ListThread {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
  return openThread({
    name: 'lists',
    entry: new URL(`./list-thread${ending}`, import.meta.url),
    data: undefined,
    later: (why) => ({ kind: 'failed', problem: { code: 'AP_LIST_UNREACHABLE', details: { why } } }),
  })
}
