import { entryBeside } from '../../shared/entry-beside.ts'
import type { Reach } from '../../shared/reach.ts'
import { openThread, type Thread } from '../open-thread.ts'
import type { PushOrder, PushOutcome } from './post-push.ts'

/** Encrypts and posts pushes. */
export type PushThread = Thread<PushOrder, PushOutcome>

export function openPushThread(reach: Reach): PushThread {
  return openThread({
    name: 'push',
    entry: entryBeside(import.meta.url, 'push-thread'),
    data: reach,
    later: (why) => ({ kind: 'later', why }),
  })
}
