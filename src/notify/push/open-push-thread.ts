import type { Reach } from '../../shared/reach.ts'
import { openThread, type Thread } from '../open-thread.ts'
import type { PushOrder, PushOutcome } from './post-push.ts'

/** Encrypts and posts pushes. */
export type PushThread = Thread<PushOrder, PushOutcome>

export function openPushThread(reach: Reach): PushThread {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
  return openThread({
    name: 'push',
    entry: new URL(`./push-thread${ending}`, import.meta.url),
    data: reach,
    later: (why) => ({ kind: 'later', why }),
  })
}
