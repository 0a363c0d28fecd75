import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { Reach } from '../../shared/reach.ts'
import type { Store } from '../../store/store.ts'
import type { NameOf } from '../known-caller.ts'
import { openPush, type PushNotifier } from './open-push.ts'
import { openPushThread } from './open-push-thread.ts'
import { readOrMakeVapidKeys } from './vapid-keys.ts'

export interface StartPushOptions {
  readonly store: Pick<Store, 'push' | 'messages' | 'lines' | 'transcripts'>
  /** Where the machine's keys are kept. */
  readonly keysFile: string
  readonly contact: string
  readonly nameOf: NameOf
  /** See `PushNotifierOptions`. */
  readonly mayRing: () => boolean
  readonly isQuiet: () => boolean
  readonly reach?: Reach | undefined
  readonly clock: Clock
  readonly log: Log
}

/** Web Push with the keys of this machine and a thread that posts. */
export async function startPush(options: StartPushOptions): Promise<PushNotifier> {
  const { keysFile, reach = { kind: 'public' } } = options
  const keys = await readOrMakeVapidKeys(keysFile)
  return openPush({ ...options, keys, reach, thread: openPushThread(reach) })
}
