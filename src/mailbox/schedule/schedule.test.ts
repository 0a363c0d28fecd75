import { describe, expect, it } from 'vitest'
import { localTime } from '../../shared/local-time.ts'
import type { ScheduleEntry, WeekHours } from '../../store/model.ts'
import { greetingAt, type Scheduled } from './greeting-at.ts'
import { nextGreeting } from './next-greeting.ts'

const BERLIN = 'Europe/Berlin'
const all = () => true
const mailbox = (schedule: readonly ScheduleEntry[], timeZone = BERLIN): Scheduled => ({
  greetingId: 'standard',
  schedule,
  timeZone,
})
const week = (
  days: WeekHours['days'],
  from: string,
  to: string,
  greetingId: string | null = 'other',
): ScheduleEntry => ({ kind: 'week', days, from, to, greetingId })
const dates = (from: string, to: string, greetingId = 'holiday'): ScheduleEntry => ({
  kind: 'dates',
  from,
  to,
  greetingId,
})
const heard = (box: Scheduled, instant: string) => greetingAt(box, all, Date.parse(instant)).greetingId
const next = (box: Scheduled, instant: string) => {
  const following = nextGreeting(box, all, Date.parse(instant))
  return following && [new Date(following.at).toISOString(), following.greetingId]
}

describe('the greeting of an instant', () => {
  it('is the standard one where nothing is scheduled, whatever the time zone', () => {
    expect(greetingAt(mailbox([]), all, 0)).toEqual({ greetingId: 'standard', entry: null })
  })

  it('begins and ends to the minute, on the days that were chosen', () => {
    const box = mailbox([week(['mon', 'thu'], '09:00', '17:30')])
    expect(heard(box, '2026-11-26T08:59:59.999+01:00')).toBe('standard')
    expect(heard(box, '2026-11-26T09:00+01:00')).toBe('other')
    expect(heard(box, '2026-11-26T17:29:59.999+01:00')).toBe('other')
    expect(heard(box, '2026-11-26T17:30+01:00')).toBe('standard')
    expect(heard(box, '2026-11-27T12:00+01:00')).toBe('standard')
  })

  it('goes on past midnight into a day that was not chosen, over the end of the week, too', () => {
    const box = mailbox([week(['fri', 'sun'], '18:00', '08:00')])
    expect(heard(box, '2026-11-27T07:00+01:00')).toBe('standard')
    expect(heard(box, '2026-11-27T18:00+01:00')).toBe('other')
    expect(heard(box, '2026-11-28T07:59+01:00')).toBe('other')
    expect(heard(box, '2026-11-28T18:00+01:00')).toBe('standard')
    expect(heard(box, '2026-11-30T07:59+01:00')).toBe('other')
    expect(heard(box, '2026-11-30T08:00+01:00')).toBe('standard')
  })

  it('lasts a day and a night where both ends are the same', () => {
    const box = mailbox([week(['sat'], '00:00', '00:00')])
    expect(heard(box, '2026-11-27T23:59+01:00')).toBe('standard')
    expect(heard(box, '2026-11-28T00:00+01:00')).toBe('other')
    expect(heard(box, '2026-11-28T23:59+01:00')).toBe('other')
    expect(heard(box, '2026-11-29T00:00+01:00')).toBe('standard')
  })

  it('is that of a holiday on its first and on its last day, and no longer', () => {
    const box = mailbox([dates('2026-12-24', '2027-01-02')])
    expect(heard(box, '2026-12-23T23:59+01:00')).toBe('standard')
    expect(heard(box, '2026-12-24T00:00+01:00')).toBe('holiday')
    expect(heard(box, '2027-01-02T23:59+01:00')).toBe('holiday')
    expect(heard(box, '2027-01-03T00:00+01:00')).toBe('standard')
  })

  it('is of the first entry that fits', () => {
    const evening = week(['thu'], '18:00', '08:00', 'evening')
    const holiday = dates('2026-12-24', '2026-12-24')
    const night = '2026-12-24T20:00+01:00'
    expect(heard(mailbox([holiday, evening]), night)).toBe('holiday')
    expect(heard(mailbox([evening, holiday]), night)).toBe('evening')
    expect(greetingAt(mailbox([evening, holiday]), all, Date.parse(night)).entry).toBe(0)
  })

  it('is the standard one for a greeting that was removed, and hides what stands below all the same', () => {
    const box = mailbox([dates('2026-12-24', '2026-12-24', 'gone'), week(['thu'], '00:00', '00:00')])
    const isThere = (id: string) => id !== 'gone'
    expect(greetingAt(box, isThere, Date.parse('2026-12-24T12:00+01:00'))).toEqual({
      greetingId: 'standard',
      entry: 0,
    })
  })

  it('may be the one that ships, though the mailbox has its own', () => {
    const box = mailbox([week(['thu'], '00:00', '00:00', null)])
    expect(heard(box, '2026-11-26T12:00+01:00')).toBeNull()
  })

  it('goes by the clock on the wall of its time zone', () => {
    const schedule = [week(['thu'], '09:00', '17:00')]
    const noonInBerlin = '2026-11-26T12:00+01:00'
    expect(heard(mailbox(schedule), noonInBerlin)).toBe('other')
    expect(heard(mailbox(schedule, 'America/New_York'), noonInBerlin)).toBe('standard')
    expect(heard(mailbox(schedule, 'Asia/Kathmandu'), noonInBerlin)).toBe('other')
  })

  it('is found though the system does not know the time zone', () => {
    expect(localTime(0, 'Mars/Olympus')).toEqual(localTime(0, null))
  })
})

describe('where the clocks change', () => {
  // In Berlin 02:00 became 03:00 on 2026-03-29, and 03:00 became 02:00 on 2026-10-25.
  const early = mailbox([week(['sun'], '02:15', '02:45')])

  it('an hour that is left out is heard by nobody', () => {
    expect(heard(early, '2026-03-29T01:59+01:00')).toBe('standard')
    expect(heard(early, '2026-03-29T03:00+02:00')).toBe('standard')
    expect(next(early, '2026-03-28T12:00+01:00')).toEqual(['2026-04-05T00:15:00.000Z', 'other'])
  })

  it('what begins in an hour that is left out begins when the clocks are put forward', () => {
    const box = mailbox([week(['sun'], '02:30', '09:00')])
    expect(next(box, '2026-03-28T12:00+01:00')).toEqual(['2026-03-29T01:00:00.000Z', 'other'])
  })

  it('an hour that comes twice is heard twice', () => {
    expect(heard(early, '2026-10-25T02:30+02:00')).toBe('other')
    expect(heard(early, '2026-10-25T02:30+01:00')).toBe('other')
    expect(next(early, '2026-10-25T01:00+02:00')).toEqual(['2026-10-25T00:15:00.000Z', 'other'])
    expect(next(early, '2026-10-25T02:50+02:00')).toEqual(['2026-10-25T01:15:00.000Z', 'other'])
  })
})

describe('the next greeting', () => {
  it('is none where callers always hear the same', () => {
    expect(next(mailbox([]), '2026-11-26T12:00Z')).toBeUndefined()
    expect(next(mailbox([week(['mon'], '08:00', '09:00', 'standard')]), '2026-11-26T12:00Z')).toBeUndefined()
  })

  it('begins after a holiday in the midst of the hours that hold then', () => {
    const box = mailbox([
      dates('2026-12-24', '2027-01-17', 'holiday'),
      week(['mon'], '00:00', '00:00', 'holiday'),
      week(['mon', 'tue'], '08:00', '17:00', 'office'),
    ])
    // 2027-01-18 is a Monday, which sounds as the holiday did.
    expect(next(box, '2026-12-24T12:00+01:00')).toEqual(['2027-01-18T23:00:00.000Z', 'standard'])
  })

  it('is found for a holiday that is years away', () => {
    expect(next(mailbox([dates('2031-08-01', '2031-08-20')]), '2026-11-26T12:00Z')).toEqual([
      '2031-07-31T22:00:00.000Z',
      'holiday',
    ])
  })
})

it('finds the beginning of a day on which the clocks change later', () => {
  const sundays: Scheduled = {
    greetingId: 'a',
    schedule: [{ kind: 'week', days: ['sun'], from: '00:00', to: '00:00', greetingId: 'b' }],
    timeZone: 'America/New_York',
  }
  expect(nextGreeting(sundays, all, Date.parse('2026-10-26T04:00Z'))).toEqual({
    at: Date.parse('2026-11-01T04:00Z'),
    greetingId: 'b',
  })
})
