import type { Clock } from '../shared/clock.ts'
import type { BatchAct, Mailbox, Message } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import type { Retired } from './mailbox.ts'

const DAY_MS = 24 * 3600_000

export type Retention = Pick<Mailbox, 'keepNewDays' | 'keepHeardDays' | 'keepJunkDays' | 'keepTrashDays'>

interface RetireOptions {
  readonly store: Pick<Store, 'mailboxes' | 'messages' | 'audit'>
  readonly changeAll: (act: BatchAct, ids: readonly string[]) => Promise<readonly Message[]>
  readonly clock: Clock
}

/** Which messages a mailbox puts away for their age, and how: those that it was told to, and no others. */
const rulesOf = ({ keepNewDays, keepHeardDays, keepJunkDays, keepTrashDays }: Retention) =>
  [
    { state: 'new', days: keepNewDays, act: 'trash', tells: 'deleted' },
    { state: 'heard', days: keepHeardDays, act: 'trash', tells: 'deleted' },
    { state: 'junk', days: keepJunkDays, act: 'trash', tells: 'deleted' },
    { state: 'trash', days: keepTrashDays, act: 'purge', tells: 'purged' },
  ] as const

/** Puts away what is too old for its mailbox, and says in the audit that the machine did. */
export async function retireMessages({ store, changeAll, clock }: RetireOptions): Promise<Retired> {
  const retired = { trash: 0, purge: 0 }
  for (const mailbox of await store.mailboxes.list()) {
    for (const { state, days, act, tells } of rulesOf(mailbox)) {
      if (days === null) continue
      const at = clock.now()
      const before = at - days * DAY_MS
      for (;;) {
        const old = await store.messages.agedBefore(mailbox.id, state, before)
        const changed = await changeAll(
          act,
          old.map(({ id }) => id),
        )
        if (changed.length === 0) break
        retired[act] += changed.length
        await store.audit.addAll(
          changed.map(({ id, callId }) => ({
            at,
            who: 'machine',
            act: tells,
            callId,
            messageId: id,
            detail: `after ${days} days`,
          })),
        )
        // Calls are let through.
        await new Promise<void>((resume) => clock.setTimer(0, resume))
      }
    }
  }
  return { trashed: retired.trash, purged: retired.purge }
}

/** How many that would be, if the mailbox kept its messages so. */
export async function countRetired(
  { messages }: Pick<Store, 'messages'>,
  mailboxId: string,
  retention: Retention,
  at: number,
): Promise<Retired> {
  const counts = { trash: 0, purge: 0 }
  for (const { state, days, act } of rulesOf(retention))
    if (days !== null) counts[act] += await messages.countAgedBefore(mailboxId, state, at - days * DAY_MS)
  return { trashed: counts.trash, purged: counts.purge }
}
