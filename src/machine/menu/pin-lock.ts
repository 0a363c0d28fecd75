import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import { createPasswords, type Passwords } from '../../shared/passwords.ts'
import type { Random } from '../../shared/random.ts'
import { createThrottle } from '../../shared/throttle.ts'
import type { AuditAct } from '../../store/audit-entry.ts'
import type { LockNews, Mailbox } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { WriteQueue } from '../write-queue.ts'

/** Somebody who has called from afar. */
export interface RemoteCaller {
  readonly callId: string
  readonly number: string | null
  readonly mailbox: Mailbox
}

/** As the audit names whoever called from afar. */
export const whoIs = (number: string | null) => `caller:${number ?? 'withheld'}`

/** Judges PINs; after wrong ones a mailbox takes none for a while, however often the machine starts anew. */
export interface PinLock {
  /** Whether this is the PIN of the caller's mailbox. Never rejects. */
  judge(pin: string, caller: RemoteCaller): Promise<boolean>
}

export interface PinLockOptions {
  readonly store: Pick<Store, 'audit' | 'pinTries'>
  readonly writes: Pick<WriteQueue, 'add'>
  /** Tells the owner, once for each time that the mailbox is locked. */
  readonly onLocked: (news: LockNews) => void
  readonly passwords?: Passwords
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** Wrong PINs of a mailbox that cost nothing; each one after them makes the next wait twice as long. */
const FREE_TRIES = 3
const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS

/** Rejects when the store can't be read: what was tried before the restart is kept there. */
export async function openPinLock(options: PinLockOptions): Promise<PinLock> {
  const { store, writes, onLocked, clock, log } = options
  const passwords = options.passwords ?? createPasswords(options.random)
  const throttle = createThrottle({
    clock,
    freeTries: FREE_TRIES,
    firstWaitMs: MINUTE_MS,
    longestWaitMs: DAY_MS,
    forgetAfterMs: 2 * DAY_MS,
  })
  // By the PIN's hash: a new PIN has nothing to answer for.
  for (const { pinHash, tries, triedAt } of await store.pinTries.list())
    throttle.restore(pinHash, tries, Math.max(0, clock.now() - triedAt))

  /** Before it is judged: who pulls the plug wins no try by it. */
  function keep(mailboxId: string, pinHash: string): void {
    const { tries, agoMs } = throttle.standing(pinHash)
    const row = { mailboxId, pinHash, tries, triedAt: Math.round(clock.now() - agoMs) }
    void writes.add('the tries of a PIN', () =>
      tries === 0 ? store.pinTries.remove(mailboxId) : store.pinTries.put(row),
    )
  }

  function note(act: AuditAct, { callId, number, mailbox }: RemoteCaller, why: string): void {
    const entry = { at: clock.now(), who: whoIs(number), act, callId, messageId: null }
    void writes.add('an audit entry', () => store.audit.add({ ...entry, detail: `${mailbox.name}${why}` }))
  }

  return {
    async judge(pin, caller) {
      const { id, name, pinHash } = caller.mailbox
      if (pinHash === null) return false
      const { waitMs, forgive } = throttle.charge(pinHash)
      if (waitMs > 0) {
        log.warn(
          { mailbox: name, waitMs },
          'a PIN was typed too soon after wrong ones: it counts for nothing',
        )
        note(
          'pin-refused',
          caller,
          `: too soon after wrong ones, for ${Math.ceil(waitMs / MINUTE_MS)} min more`,
        )
        return false
      }
      // Of several that are judged at once, one alone locks.
      const mayLock = throttle.standing(pinHash).waitMs > 0
      keep(id, pinHash)
      const isRight = await passwords.verify(pin, pinHash).catch(() => false)
      if (isRight) {
        forgive()
        keep(id, pinHash)
      } else log.warn({ mailbox: name, caller: caller.number }, 'a wrong PIN was typed')
      note(isRight ? 'let-in' : 'pin-refused', caller, '')
      const lockedMs = throttle.standing(pinHash).waitMs
      if (!isRight && mayLock && lockedMs > 0)
        onLocked({ mailbox: name, callerNumber: caller.number, until: clock.now() + lockedMs })
      return isRight
    },
  }
}
