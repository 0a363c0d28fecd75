import type { Clock } from '../shared/clock.ts'
import type { AuditAct } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import type { LiveCall, OwnerAct } from './machine.ts'
import type { WriteQueue } from './write-queue.ts'

/** Writes down who did what to a call, for the audit; and who is not to call again. */
export interface Notes {
  acted(call: LiveCall, act: OwnerAct, by: string, detail?: string): void
}

const ACTS: Readonly<Record<OwnerAct, AuditAct>> = {
  'answer-now': 'answered-now',
  'pick-up': 'picked-up',
  listen: 'listened-in',
  record: 'recorded-on',
  'hang-up': 'hung-up',
  block: 'blocked',
}

export function createNotes({
  store,
  writes,
  clock,
}: {
  readonly store: Pick<Store, 'audit' | 'blocked'>
  readonly writes: Pick<WriteQueue, 'add'>
  readonly clock: Clock
}): Notes {
  return {
    acted({ id, callerNumber, callerName }, act, by, detail = '') {
      const at = clock.now()
      const note = { at, who: by, act: ACTS[act], callId: id, messageId: null, detail }
      void writes.add('an audit entry', () => store.audit.add(note))
      // Who withholds a number can only be sent away.
      if (act !== 'block' || callerNumber === null) return
      void writes.add('a blocked number', () =>
        store.blocked.add({ number: callerNumber, name: callerName, at, by }),
      )
    },
  }
}
