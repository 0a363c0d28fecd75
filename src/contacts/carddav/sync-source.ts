import type { HookReach } from '../../notify/http/reach.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { ContactSource } from '../../store/contact-source.ts'
import type { Store } from '../../store/store.ts'
import type { AccountOutcome } from './account.ts'
import type { ReadThread } from './open-read-thread.ts'
import { type TakeOverStore, takeOver } from './take-over.ts'

export interface SyncTools {
  readonly store: TakeOverStore & Pick<Store, 'audit'>
  readonly thread: Pick<ReadThread, 'post'>
  readonly reach: () => HookReach
  readonly clock: Pick<Clock, 'now' | 'setTimer'>
  readonly log: Pick<Log, 'warn'>
}

/** Whoever reads a source has it for so long. */
export const SYNC_LEASE_MS = 10 * 60_000

const MINUTE_MS = 60_000
const LONGEST_PAUSE_MS = 6 * 60 * MINUTE_MS

/** How long a source rests after so many failures in a row. A login that is refused is not tried soon: servers lock out who tries often. */
export function pauseAfter(
  { intervalMinutes }: Pick<ContactSource, 'intervalMinutes'>,
  failures: number,
  code: string | null,
): number {
  const interval = intervalMinutes * MINUTE_MS
  if (failures === 0) return interval
  if (code === 'AP_CARDDAV_LOGIN_REFUSED') return Math.max(interval, LONGEST_PAUSE_MS)
  return Math.min(
    MINUTE_MS * 2 ** Math.min(failures - 1, 20),
    Math.max(interval, MINUTE_MS),
    LONGEST_PAUSE_MS,
  )
}

/**
 * Reads a source that was claimed, and takes over what has changed. What was there stays where it can't be read.
 *
 * @param closing is aborted when it has to stop; then it is read again soon
 * @returns how it stands then; undefined where it was removed meanwhile
 */
export async function syncSource(
  tools: SyncTools,
  source: ContactSource,
  closing?: AbortSignal,
): Promise<ContactSource | undefined> {
  const { store, thread, reach, clock } = tools
  const { url, user, password, books, found } = source
  const known = (await store.contactSources.cards(source.id)).map(({ href, book, etag }) => ({
    href,
    book,
    etag,
  }))
  const outcome = await thread.post({ url, user, password, books, found, known, reach: reach() })
  if (outcome.kind === 'read') await takeIn(tools, source, outcome)
  const now = await store.contactSources.get(source.id)
  if (!now) return undefined
  if (closing?.aborted) return store.contactSources.set(source.id, { startedAt: null, nextAt: clock.now() })
  // Whoever has changed it meanwhile wants it to be read so.
  const isOther = (['url', 'user', 'password'] as const).some((key) => now[key] !== source[key])
  const isAskedAnew = isOther || JSON.stringify(now.books) !== JSON.stringify(books)
  const failures = outcome.kind === 'read' ? 0 : source.failures + 1
  const code = outcome.kind === 'read' ? null : outcome.code
  return store.contactSources.set(source.id, {
    startedAt: null,
    nextAt: clock.now() + (isAskedAnew ? 0 : pauseAfter(now, failures, code)),
    failures,
    problem: code,
    ...(outcome.kind === 'read'
      ? { detail: '', doneAt: clock.now(), found: isAskedAnew ? [] : outcome.found }
      : { detail: outcome.detail }),
  })
}

async function takeIn(
  { store, clock, log }: SyncTools,
  { id, name }: ContactSource,
  outcome: Extract<AccountOutcome, { kind: 'read' }>,
): Promise<void> {
  const { added, changed, removed } = await takeOver({ store, clock }, id, outcome)
  if (added + changed + removed === 0) return
  const detail = `${name}: ${added} + ${changed} − ${removed}`
  const entry = {
    callId: null,
    messageId: null,
    at: clock.now(),
    who: 'machine',
    act: 'contact-changed',
    detail,
  } as const
  await store.audit
    .add(entry)
    .catch((error: unknown) => log.warn({ err: error, ...entry }, 'an audit entry could not be written'))
}
