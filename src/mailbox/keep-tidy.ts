import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import { repeat } from '../shared/repeat.ts'
import type { Store } from '../store/store.ts'
import type { Mailboxes } from './mailbox.ts'

const TIDY_EVERY_MS = 6 * 3600_000
/** Mails that are over, and events that were given up. */
const SENT_KEPT_MS = 30 * 24 * 3600_000

/** Old messages, stray files, mails that are over and old history: at the start, and every few hours. */
export function keepTidy(
  { mailboxes, store }: { readonly mailboxes: Mailboxes; readonly store: Store },
  clock: Clock,
  log: Log,
): Disposable {
  return repeat(clock, 0, async () => {
    try {
      const { trashed, purged } = await mailboxes.retire()
      const { strayFiles, missingAudio } = await mailboxes.sweep()
      await store.mails.removeEndedBefore(clock.now() - SENT_KEPT_MS)
      await store.outbox.removeDeadBefore(clock.now() - SENT_KEPT_MS)
      const forgotten = await mailboxes.forgetHistory()
      if (trashed + purged + strayFiles + forgotten > 0)
        log.info({ trashed, purged, strayFiles, forgotten }, 'tidied')
      if (missingAudio.length > 0) log.error({ messages: missingAudio }, 'recordings are missing on the disk')
    } catch (error) {
      log.error({ err: error }, 'tidying failed; tried again later')
    }
    return TIDY_EVERY_MS
  })
}
