import type { Clock, Timer } from '../../shared/clock.ts'
import type { MessageCounts } from './message-summary.ts'

/** The messages of mailboxes, counted when they may have changed and kept for the next who asks. */
export interface Tally {
  /** Of these mailboxes together; undefined until each has been counted. */
  of(mailboxIds: readonly string[]): MessageCounts | undefined
  /** Counts a mailbox (again); `onCounted` follows. */
  count(mailboxId: string): void
  /** Forgets all mailboxes but these. */
  keep(mailboxIds: ReadonlySet<string>): void
  close(): void
}

export interface TallyOptions {
  readonly clock: Clock
  counts(mailboxIds: readonly string[]): Promise<MessageCounts>
  onCounted(mailboxId: string): void
  /** It is counted again after a moment. */
  onFailed(error: unknown): void
}

/** How long to wait after a count that failed. */
export const RECOUNT_MS = 1000

interface Entry {
  counts: MessageCounts | undefined
  /** A count is under way; `stale`: something changed since it began. */
  state: 'still' | 'counting' | 'stale'
  retry: Timer | undefined
}

export function createTally({ clock, counts, onCounted, onFailed }: TallyOptions): Tally {
  const entries = new Map<string, Entry>()

  function count(mailboxId: string): void {
    const entry = entries.get(mailboxId) ?? { counts: undefined, state: 'still', retry: undefined }
    entries.set(mailboxId, entry)
    entry.retry?.cancel()
    // One count at a time, so that a slow one can't bring back what was true before.
    if (entry.state === 'still') start(mailboxId, entry)
    else entry.state = 'stale'
  }

  function start(mailboxId: string, entry: Entry): void {
    entry.state = 'counting'
    counts([mailboxId]).then(
      (result) =>
        settle(mailboxId, entry, () => {
          entry.counts = result
          onCounted(mailboxId)
        }),
      (error: unknown) =>
        settle(mailboxId, entry, () => {
          entry.retry = clock.setTimer(RECOUNT_MS, () => count(mailboxId))
          onFailed(error)
        }),
    )
  }

  function settle(mailboxId: string, entry: Entry, conclude: () => void): void {
    const again = entry.state === 'stale'
    entry.state = 'still'
    if (entries.get(mailboxId) !== entry) return
    if (again) start(mailboxId, entry)
    else conclude()
  }

  function forget(mailboxId: string, entry: Entry): void {
    entry.retry?.cancel()
    entries.delete(mailboxId)
  }

  return {
    of(mailboxIds) {
      let unheard = 0
      let heard = 0
      for (const mailboxId of mailboxIds) {
        const known = entries.get(mailboxId)?.counts
        if (!known) return undefined
        unheard += known.new
        heard += known.heard
      }
      return { new: unheard, heard }
    },
    count,
    keep(mailboxIds) {
      for (const [mailboxId, entry] of entries) if (!mailboxIds.has(mailboxId)) forget(mailboxId, entry)
    },
    close() {
      for (const [mailboxId, entry] of entries) forget(mailboxId, entry)
    },
  }
}
