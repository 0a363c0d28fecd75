import { localTime } from '../../shared/local-time.ts'
import type { Mailbox } from '../../store/model.ts'
import { fittingEntry } from './fitting-entry.ts'

export type Scheduled = Pick<Mailbox, 'greetingId' | 'schedule' | 'timeZone'>

/** What callers hear, and why. */
export interface Heard {
  /** Null: the greeting that ships with the project. */
  readonly greetingId: string | null
  /** Place in the schedule; null: nothing there fits, and the mailbox's standard greeting is heard. */
  readonly entry: number | null
}

/**
 * The greeting of a call that arrives at this instant: a function of the mailbox and the clock alone, for it reaches the
 * caller. An entry whose greeting was removed gives way to the standard one, and still hides those below it.
 */
export function greetingAt(mailbox: Scheduled, isThere: (greetingId: string) => boolean, at: number): Heard {
  const { greetingId, schedule, timeZone } = mailbox
  if (schedule.length === 0) return { greetingId, entry: null }
  const entry = fittingEntry(schedule, localTime(at, timeZone)) ?? null
  const wanted = entry === null ? greetingId : (schedule[entry]?.greetingId ?? null)
  return { greetingId: wanted === null || isThere(wanted) ? wanted : greetingId, entry }
}
