import { describe, expect, it } from 'vitest'
import { findMarks, type MarkFacts } from './find-marks.ts'
import { toDigits } from './spoken-numbers.ts'
import { writeCalendar } from './write-calendar.ts'

/** A Friday, at three in the afternoon in Berlin. */
const FRIDAY = Date.UTC(2026, 10, 27, 14, 0)
const english: MarkFacts = {
  ...{ language: 'en', receivedAt: FRIDAY, timeZone: 'Europe/Berlin', country: 'DE', areaCode: '30' },
}
const german: MarkFacts = { ...english, language: 'de' }

const marksIn = (text: string, facts: MarkFacts) =>
  findMarks(text, facts).map((mark) => [
    text.slice(mark.start, mark.end),
    mark.kind === 'number'
      ? mark.number
      : `${new Date(mark.at).toISOString()}${mark.isWholeDay ? ' day' : ''}`,
  ])

describe('spoken numbers', () => {
  it('are figures in a row, or numbers, or an hour with its minutes', () => {
    for (const [said, written] of [
      ['my number is five five five one two three four please', 'my number is 5551234 please'],
      ['oh three oh, one two three', '030123'],
      ['null drei null zwölf einundzwanzig', '0301221'],
      ['at seven', 'at 7'],
      ['twenty one people, seven thirty', '21 people, 7:30'],
      ['someone phoned, often', 'someone phoned, often'],
    ] as const)
      expect(toDigits(said).text).toBe(written)
  })
})

describe('marks', () => {
  it('are numbers that can be called, spoken or written', () => {
    expect(marksIn('Call me at 030 123 45 67, or five five five one two three four.', english)).toEqual([
      ['030 123 45 67', '+49301234567'],
      ['five five five one two three four', '+49305551234'],
    ])
    expect(
      marksIn('meine Nummer ist null eins sieben eins zwei drei vier fünf sechs sieben acht', german),
    ).toEqual([['null eins sieben eins zwei drei vier fünf sechs sieben acht', '+491712345678']])
    expect(marksIn('from +44 20 7946 0123', { ...english, country: null, areaCode: null })).toEqual([
      ['+44 20 7946 0123', '+442079460123'],
    ])
  })

  it('are days and times, seen from the day of the message', () => {
    expect(marksIn('see you tomorrow at seven', english)).toEqual([
      ['tomorrow at seven', '2026-11-28T06:00:00.000Z'],
    ])
    expect(marksIn('tomorrow at 5 then', english)).toEqual([['tomorrow at 5', '2026-11-28T16:00:00.000Z']])
    expect(marksIn('come on Monday', english)).toEqual([['on Monday', '2026-11-29T23:00:00.000Z day']])
    expect(marksIn('wir kommen morgen um sieben Uhr', german)).toEqual([
      ['morgen um sieben Uhr', '2026-11-28T06:00:00.000Z'],
    ])
    expect(marksIn('am Montag um 9 Uhr 30 bei dir', german)).toEqual([
      ['am Montag um 9 Uhr 30', '2026-11-30T08:30:00.000Z'],
    ])
  })

  it('keep to the clock on the wall when it changes to summer time in between', () => {
    const before = { ...english, receivedAt: Date.UTC(2026, 2, 28, 10, 0) }
    expect(marksIn('tomorrow at eleven am', before)).toEqual([
      ['tomorrow at eleven am', '2026-03-29T09:00:00.000Z'],
    ])
  })

  it('are none in what has none, and never without end', () => {
    expect(marksIn('Nobody is there now. I have 3 cats and may march on.', english)).toEqual([])
    expect(findMarks('1 2 3 '.repeat(5000), english).length).toBeLessThanOrEqual(50)
    expect(findMarks('tomorrow '.repeat(2000), english).length).toBeLessThanOrEqual(50)
  })
})

describe('a calendar entry', () => {
  const entry = {
    ...{ id: 'm1', at: FRIDAY, isWholeDay: false, timeZone: 'Europe/Berlin', madeAt: FRIDAY },
    ...{ title: 'Ruth; Adebayo, here', text: 'Hello\r\nEND:VCALENDAR\n\u0007 ü'.padEnd(300, 'é') },
  }

  it('is an hour of a day, with nothing in it that a caller could steer', () => {
    const lines = writeCalendar(entry).split('\r\n')
    expect(lines).toContain('DTSTART:20261127T140000Z')
    expect(lines).toContain('DTEND:20261127T150000Z')
    expect(lines).toContain('SUMMARY:Ruth\\; Adebayo\\, here')
    expect(lines.filter((line) => line === 'END:VCALENDAR')).toHaveLength(1)
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  })

  it('is a day where no time was said', () => {
    const at = Date.UTC(2026, 10, 29, 23, 0)
    expect(writeCalendar({ ...entry, at, isWholeDay: true })).toContain('DTSTART;VALUE=DATE:20261130\r\n')
  })
})
