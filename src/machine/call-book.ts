import type { Kept, Mailboxes } from '../mailbox/mailbox.ts'
import type { RecordedTake } from '../media/recorder/recorder.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import type { LiveCall, MachineEvent } from './machine.ts'
import { outcomeOf } from './outcome.ts'
import type { CallEnd, RunningCall } from './run-call.ts'
import type { WriteQueue } from './write-queue.ts'

/** The calls going on, and their rows in the store. */
export interface CallBook {
  readonly running: ReadonlyMap<string, RunningCall>
  begin(id: string, call: RunningCall): void
  changed(call: RunningCall): void
  takeEnded(callId: string, take: RecordedTake): void
  ended(call: RunningCall, end: CallEnd): void
  /** Resolves when no call is left and every row is written; false if that took longer than `patienceMs`. */
  allEnded(patienceMs: number): Promise<boolean>
}

export function openCallBook(options: {
  readonly store: Pick<Store, 'calls'>
  readonly mailboxes: Pick<Mailboxes, 'keep'>
  readonly writes: WriteQueue
  readonly tell: (event: MachineEvent) => void
  readonly log: Log
}): CallBook {
  const { store, mailboxes, writes, tell, log } = options
  const running = new Map<string, RunningCall>()
  const judged = new Map<string, Promise<Kept | undefined>>()
  const waitingForEnd = new Set<() => void>()

  async function writeEnd(view: LiveCall, { ending, answeredAt, endedAt }: CallEnd): Promise<void> {
    const kept = await judged.get(view.id)
    judged.delete(view.id)
    const outcome = outcomeOf(ending, kept)
    const messageId = kept?.kind === 'message' ? kept.message.id : null
    void writes.add("a call's end", () =>
      store.calls.end(view.id, { answeredAt, endedAt, outcome, messageId }),
    )
    tell({ kind: 'call-ended', callId: view.id, outcome, messageId })
    running.delete(view.id)
    if (running.size === 0) for (const resolve of waitingForEnd) resolve()
  }

  return {
    running,
    begin(id, call) {
      running.set(id, call)
      const { lineId, callerNumber, callerName, arrivedAt } = call.view
      void writes.add('a call', () =>
        store.calls.add({
          id,
          lineId,
          callerNumber,
          callerName,
          arrivedAt,
          answeredAt: null,
          endedAt: null,
          outcome: null,
          messageId: null,
        }),
      )
    },
    changed: (call) => tell({ kind: 'call-changed', call: call.view }),
    takeEnded(callId, take) {
      const judging = writes.add('a message', () => mailboxes.keep(take))
      judged.set(callId, judging)
      void judging.then((kept) => {
        if (kept?.kind === 'message') tell({ kind: 'message-added', messageId: kept.message.id })
      })
    },
    ended(call, end) {
      const { view } = call
      log.info({ call: view.id, line: view.lineName, ending: end.ending, media: end.stats }, 'call ended')
      void writeEnd(view, end)
    },
    async allEnded(patienceMs) {
      if (running.size > 0) await new Promise<void>((resolve) => waitingForEnd.add(resolve))
      return writes.idle(patienceMs)
    },
  }
}
