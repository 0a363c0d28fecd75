import type { Note } from '../owner/call/screened-call.ts'
import type { Clock } from '../shared/clock.ts'
import type { AuditAct } from '../store/audit-entry.ts'
import type { Store } from '../store/store.ts'
import type { LiveCall, OwnerAct } from './machine.ts'
import type { WriteQueue } from './write-queue.ts'

/** Writes down who did what to a call, for the audit; and who is not to call again. */
export interface Notes {
  /** Resolves once all of it is written, or never will be. */
  acted(call: LiveCall, act: NotedAct, by: string): Promise<unknown>
  /** What a phone did by itself. */
  noted(call: LiveCall, what: Note, by: string, detail?: string): void
}

/** The acts that are done at once; whoever is to pick up or listen is noted when it does. */
type NotedAct = Exclude<OwnerAct, 'pick-up' | 'listen'>

const ACTS: Readonly<Record<NotedAct, AuditAct>> = {
  'answer-now': 'answered-now',
  record: 'recorded-on',
  'hang-up': 'hung-up',
  block: 'blocked',
}

/** What is blocked of a caller: his number as it is the same on every line, where that is known. */
export const blockedAs = ({ callerE164, callerNumber }: Pick<LiveCall, 'callerE164' | 'callerNumber'>) =>
  callerE164 ?? callerNumber

export function createNotes({
  store,
  writes,
  clock,
}: {
  readonly store: Pick<Store, 'audit' | 'blocked'>
  readonly writes: Pick<WriteQueue, 'add'>
  readonly clock: Clock
}): Notes {
  const add = (callId: string, who: string, act: AuditAct, detail: string) => {
    const note = { at: clock.now(), who, act, callId, messageId: null, detail }
    return writes.add('an audit entry', () => store.audit.add(note))
  }

  return {
    noted: ({ id }, what, by, detail = '') => void add(id, by, what, detail),
    acted(call, act, by) {
      const { id, callerName } = call
      const number = blockedAs(call)
      const audited = add(id, by, ACTS[act], '')
      // Who withholds a number can only be sent away.
      if (act !== 'block' || number === null) return audited
      // Written in order: when this is done, so is the audit.
      return writes.add('a blocked number', () =>
        store.blocked.add({ number, name: callerName, at: clock.now(), by }),
      )
    },
  }
}
