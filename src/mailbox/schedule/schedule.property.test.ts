import fc from 'fast-check'
import { expect, it } from 'vitest'
import { WEEKDAYS } from '../../shared/local-time.ts'
import type { ScheduleEntry } from '../../store/model.ts'
import { greetingAt, type Scheduled } from './greeting-at.ts'
import { nextGreeting } from './next-greeting.ts'

const MINUTE_MS = 60_000
const DAYS_WALKED = 12

const two = (number: number) => String(number).padStart(2, '0')
const time = fc
  .tuple(fc.constantFrom(0, 1, 2, 3, 8, 17, 23), fc.constantFrom(0, 1, 30, 59))
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`)
const greetingId = fc.constantFrom('a', 'b', 'gone', null)
const week: fc.Arbitrary<ScheduleEntry> = fc.record({
  kind: fc.constant('week'),
  days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  from: time,
  to: time,
  greetingId,
})
/** Around the last Sundays of March and of October 2026, when clocks change in Europe, and others' near that. */
const place = fc.constantFrom('2026-03', '2026-10').chain((month) =>
  fc.record({
    month: fc.constant(month),
    after: fc.integer({ min: 15 * 1440, max: 29 * 1440 }).map((minute) => minute * MINUTE_MS),
  }),
)
const dates: fc.Arbitrary<ScheduleEntry> = fc
  .tuple(
    fc.constantFrom('2026-03', '2026-10'),
    fc.integer({ min: 10, max: 31 }),
    fc.integer({ min: 10, max: 31 }),
    greetingId,
  )
  .map(([month, one, other, id]) => ({
    kind: 'dates',
    from: `${month}-${Math.min(one, other)}`,
    to: `${month}-${Math.max(one, other)}`,
    greetingId: id,
  }))
const mailbox: fc.Arbitrary<Scheduled> = fc.record({
  greetingId: fc.constantFrom('a', null),
  schedule: fc.array(fc.oneof(week, dates), { maxLength: 4 }),
  timeZone: fc.constantFrom(
    'Europe/Berlin',
    'UTC',
    'America/New_York',
    'Australia/Lord_Howe', // by half an hour
    'Asia/Kathmandu',
    'Pacific/Apia',
    'America/Asuncion',
  ),
})
const isThere = (id: string) => id !== 'gone'

it('the next greeting is the one that a caller of each minute would come upon', () => {
  fc.assert(
    fc.property(mailbox, place, (box, { month, after }) => {
      const start = Date.parse(`${month}-01T00:00Z`) + after
      const now = greetingAt(box, isThere, start).greetingId
      const walked = Array.from(
        { length: DAYS_WALKED * 1440 },
        (_, minute) => start + (minute + 1) * MINUTE_MS,
      )
      const at = walked.find((minute) => greetingAt(box, isThere, minute).greetingId !== now)
      const next = nextGreeting(box, isThere, start)
      if (at === undefined) expect(next === undefined || next.at > (walked.at(-1) ?? 0)).toBe(true)
      else expect(next).toEqual({ at, greetingId: greetingAt(box, isThere, at).greetingId })
    }),
    { numRuns: 30 },
  )
})

it('nobody hears a greeting that was removed, nor one of an entry that does not name it', () => {
  fc.assert(
    fc.property(mailbox, place, (box, { month, after }) => {
      const heard = greetingAt(box, isThere, Date.parse(`${month}-01T00:00Z`) + after)
      const entry = heard.entry === null ? undefined : box.schedule[heard.entry]
      const wanted = entry ? entry.greetingId : box.greetingId
      expect(heard.greetingId).toBe(wanted === 'gone' ? box.greetingId : wanted)
    }),
  )
})
