import { openThread, type Thread } from '../notify/open-thread.ts'
import { entryBeside } from '../shared/entry-beside.ts'
import type { ListJob, ListOutcome } from './list-job.ts'

export type ListThread = Thread<ListJob, ListOutcome>

/**
 * Reads lists: a million numbers are seconds of work that no caller may wait for. Lists are read once a day; the thread
 * goes with its memory once it is disposed of.
 */
export function openListThread(): ListThread {
  return openThread({
    name: 'lists',
    entry: entryBeside(import.meta.url, 'list-thread'),
    data: undefined,
    later: (why) => ({ kind: 'failed', problem: { code: 'AP_LIST_UNREACHABLE', details: { why } } }),
  })
}
