import type { Clock } from '../shared/clock.ts'
import type { SaidName } from '../store/model.ts'
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

export interface ForgetHistoryOptions {
  readonly store: Pick<Store, 'settings' | 'calls' | 'audit' | 'traces'>
  readonly clock: Clock
  /** Removes the sound of a name whose row is gone. */
  readonly removeName: (name: Pick<SaidName, 'takeId' | 'file'>) => void
}

/**
 * Forgets what is older than that: with calls the names that were said in them, and their traces, of which the oldest of
 * too many go sooner. Returns how many entries. Messages stay, whatever becomes of their calls.
 */
export async function forgetHistory({ store, clock, removeName }: ForgetHistoryOptions): Promise<number> {
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
  const forget = async (days: number | null, removeBefore: (at: number) => Promise<number>) =>
    days === null ? 0 : untilNone(() => removeBefore(clock.now() - days * DAY_MS))
  const removeCalls = async (at: number) => {
    const gone = await store.calls.removeBefore(at)
    // Not left to the sweep: where most recordings are such names, it would take them for another database's.
    for (const { name } of gone) if (name) removeName(name)
    return gone.length
  }
  await forget(keepCallsDays, store.traces.removeBefore)
  await untilNone(() => store.traces.removeBeyond(MOST_TRACES))
  return (await forget(keepCallsDays, removeCalls)) + (await forget(keepAuditDays, store.audit.removeBefore))
}
