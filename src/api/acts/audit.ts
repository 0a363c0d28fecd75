import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { AuditAct, AuditEntry } from '../../store/audit-entry.ts'
import type { Store } from '../../store/store.ts'
import type { AuditListQuery, AuditPage } from '../contract.ts'
import { iso } from '../views/instant.ts'
import { defined } from './defined.ts'

/** What is needed to write down who did what. */
export interface AuditTools {
  readonly store: Pick<Store, 'audit'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Log, 'warn'>
  /** As the audit names them. */
  readonly who: string
}

/**
 * Writes an act down. It was done already: where the database takes no row, the log has it.
 *
 * @param about what it was done to
 * @param once see AuditStore.add
 */
export async function note(
  { store, clock, log, who }: AuditTools,
  act: AuditAct,
  about: Partial<Pick<AuditEntry, 'callId' | 'messageId' | 'detail'>>,
  once?: string,
): Promise<void> {
  const entry = { callId: null, messageId: null, detail: '', ...about, at: clock.now(), who, act }
  await store.audit
    .add(entry, once)
    .catch((error: unknown) => log.warn({ err: error, ...entry }, 'an audit entry could not be written'))
}

/** Writes down the same act, done to several things at once. */
export async function noteAll(
  { store, clock, log, who }: AuditTools,
  act: AuditAct,
  abouts: readonly Partial<Pick<AuditEntry, 'callId' | 'messageId' | 'detail'>>[],
): Promise<void> {
  const at = clock.now()
  const entries = abouts.map((about) => ({
    callId: null,
    messageId: null,
    detail: '',
    ...about,
    at,
    who,
    act,
  }))
  await store.audit
    .addAll(entries)
    .catch((error: unknown) => log.warn({ err: error, entries }, 'audit entries could not be written'))
}

const HOUR_MS = 3600_000

/** Notes that a message's sound was given out: a player asks many times, so once an hour. */
export function notePlayed(tools: AuditTools, messageId: string): Promise<void> {
  const hour = Math.floor(tools.clock.now() / HOUR_MS)
  return note(tools, 'played', { messageId }, `played ${messageId} ${tools.who} ${hour}`)
}

/** One page of what was done, as the API and the command line list it. */
export async function findAuditEntries(
  store: Pick<Store, 'audit'>,
  { limit, cursor, who, call, message }: AuditListQuery,
): Promise<AuditPage> {
  const { rows, nextCursor } = await store.audit.list({
    limit,
    ...defined({ cursor, who, callId: call, messageId: message }),
  })
  return { entries: rows.map((row) => ({ ...row, at: iso(row.at) })), nextCursor }
}
