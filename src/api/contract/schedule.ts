import { z } from 'zod'

/** When callers hear which greeting. */

export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
export type Weekday = z.infer<typeof weekday>

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write times like 08:30')
const day = z.iso.date('write days like 2026-12-24')

const weekHours = z.object({
  kind: z.literal('week'),
  days: z.array(weekday).min(1, 'choose at least one day').max(7),
  from: time.describe('HH:MM on the clock there'),
  to: time.describe('Not after `from`: on the next day; the same as `from`: all day'),
})
const dateRange = z.object({
  kind: z.literal('dates'),
  from: day.describe('YYYY-MM-DD'),
  to: day.describe('The last day, which is part of it'),
})

const shown = {
  greeting: z.string().nullable().describe('Id; null: the one that ships with Answerphone'),
  gone: z.boolean().describe('The greeting was removed: the standard one is heard in its place'),
}
export const scheduleEntry = z.discriminatedUnion('kind', [weekHours.extend(shown), dateRange.extend(shown)])
export type ScheduleEntry = z.infer<typeof scheduleEntry>

const given = {
  greeting: z.string().nullable().describe('Name or id; null: the one that ships with Answerphone'),
}
export const scheduleEntryInput = z.discriminatedUnion('kind', [
  weekHours.extend(given).strict(),
  dateRange
    .extend(given)
    .strict()
    .refine(({ from, to }) => from <= to, {
      error: 'the last day is before the first',
      path: ['to'],
    }),
])
export type ScheduleEntryInput = z.infer<typeof scheduleEntryInput>

export const scheduleInput = z.array(scheduleEntryInput).max(50, 'at most 50 entries')

export const timeZone = z
  .string()
  .refine(isTimeZone, 'no time zone of that name; write it like Europe/Berlin')

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export const heardGreeting = z
  .object({
    greeting: z.string().nullable().describe('Id; null: the one that ships with Answerphone'),
    entry: z.int().nullable().describe('The entry of the schedule, from 0; null: the standard greeting'),
    until: z.iso.datetime().nullable().describe('When another greeting follows; null: never'),
    next: z.string().nullable().describe('The one that follows; null: the one that ships with Answerphone'),
    timeZone: z.string().describe('In which the schedule is read'),
  })
  .describe('What callers hear now')
export type HeardGreeting = z.infer<typeof heardGreeting>
