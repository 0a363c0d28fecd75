import type { Mailbox, ScheduleEntry } from '../../store/model.ts'
import type { ScheduleEntryInput } from '../contract.ts'

/**
 * The entries as they are kept. What names a greeting that was removed may stay as it is: who changes one entry must not
 * have to mend another.
 *
 * @param greetingIdOf the greeting of this name or id; rejects where there is none
 */
export async function keepSchedule(
  entries: readonly ScheduleEntryInput[],
  before: Pick<Mailbox, 'schedule'> | undefined,
  greetingIdOf: (key: string) => Promise<string>,
): Promise<readonly ScheduleEntry[]> {
  const known = new Set(before?.schedule.map(({ greetingId }) => greetingId))
  return Promise.all(
    entries.map(async ({ greeting, ...entry }) => ({
      ...entry,
      greetingId: greeting === null || known.has(greeting) ? greeting : await greetingIdOf(greeting),
    })),
  )
}
