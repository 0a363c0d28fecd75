import { nextGreeting } from '../../mailbox/schedule/next-greeting.ts'
import { localTime } from '../../shared/local-time.ts'
import { isWithin } from '../../shared/week-hours.ts'
import type { QuietHours } from '../../store/model.ts'

/** Until when these hours go on from this instant, by the machine's own clock on the wall; null: they are not on. */
export function quietUntil(hours: readonly QuietHours[], now: number): number | null {
  const time = localTime(now, null)
  if (!hours.some((each) => isWithin(each, time))) return null
  // Who greets otherwise in these hours knows when they end, where clocks are changed, too.
  const schedule = hours.map((each) => ({ kind: 'week' as const, ...each, greetingId: 'quiet' }))
  const next = nextGreeting({ greetingId: 'loud', schedule, timeZone: null }, () => true, now)
  // All hours of the week are quiet: it is asked again tomorrow.
  return next?.at ?? now + 24 * 3600_000
}
