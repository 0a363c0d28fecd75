import type { Clock } from '../shared/clock.ts'
import type { Store } from '../store/store.ts'

/** For how many days it is kept who called, and who did what; null: for good, which is the default. */
export interface HistoryRetention {
  readonly keepCallsDays: number | null
  readonly keepAuditDays: number | null
}

const DAY_MS = 24 * 3600_000
const KEYS = { keepCallsDays: 'keep-calls-days', keepAuditDays: 'keep-audit-days' } as const

export async function readHistoryRetention({ settings }: Pick<Store, 'settings'>): Promise<HistoryRetention> {
  const read = async (key: string) => Number(await settings.get(key)) || null
  return { keepCallsDays: await read(KEYS.keepCallsDays), keepAuditDays: await read(KEYS.keepAuditDays) }
}

export async function changeHistoryRetention(
  store: Pick<Store, 'settings'>,
  { keepCallsDays, keepAuditDays }: Partial<HistoryRetention>,
): Promise<HistoryRetention> {
  const write = async (key: string, days: number | null | undefined) => {
    if (days !== undefined) await store.settings.set(key, String(days ?? 0))
  }
  await write(KEYS.keepCallsDays, keepCallsDays)
  await write(KEYS.keepAuditDays, keepAuditDays)
  return readHistoryRetention(store)
}

/** Traces that are kept at most, some 20 MB of them; calls may be kept for good. */
const MOST_TRACES = 5000

/**
 * Forgets what is older than that, and the traces of calls with their calls, the oldest of too many sooner. Returns how
 * many entries. Messages stay, whatever becomes of their calls.
 */
export async function forgetHistory(
  store: Pick<Store, 'settings' | 'calls' | 'audit' | 'traces'>,
  clock: Clock,
): Promise<number> {
  const { keepCallsDays, keepAuditDays } = await readHistoryRetention(store)
  const untilNone = async (removeSome: () => Promise<number>) => {
    let total = 0
    for (let count = 1; count > 0; total += count) {
      count = await removeSome()
      // Calls are let through.
      if (count > 0) await new Promise<void>((resume) => clock.setTimer(0, resume))
    }
    return total
  }
  const forget = async (table: Pick<Store['calls'], 'removeBefore'>, days: number | null) =>
    days === null ? 0 : untilNone(() => table.removeBefore(clock.now() - days * DAY_MS))
  await forget(store.traces, keepCallsDays)
  await untilNone(() => store.traces.removeBeyond(MOST_TRACES))
  return (await forget(store.calls, keepCallsDays)) + (await forget(store.audit, keepAuditDays))
}
