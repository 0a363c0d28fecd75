import { describe, expect, it } from 'vitest'
import { HOLIDAY_REGIONS, holidayOn } from './holiday-on.ts'

describe('public holidays', () => {
  it.each([
    ['DE', '2026-04-03', 'Karfreitag'],
    ['DE', '2027-03-29', 'Ostermontag'],
    ['DE', '2028-06-05', 'Pfingstmontag'],
    ['DE', '2038-04-26', 'Ostermontag'],
    ['DE', '2049-04-16', 'Karfreitag'],
    ['DE', '2026-06-04', undefined],
    ['DE-BY', '2026-06-04', 'Fronleichnam'],
    ['DE-BY', '2026-04-03', 'Karfreitag'],
    ['DE-HH', '2016-10-31', undefined],
    ['DE-HH', '2026-10-31', 'Reformationstag'],
    ['DE-SN', '2026-11-18', 'Buß- und Bettag'],
    ['DE-SN', '2028-11-22', 'Buß- und Bettag'],
    ['DE-SN', '2027-11-17', 'Buß- und Bettag'],
    ['AT', '2026-10-26', 'Nationalfeiertag'],
    ['US', '2026-11-26', 'Thanksgiving Day'],
    ['US', '2026-05-25', 'Memorial Day'],
    ['US', '2027-05-31', 'Memorial Day'],
    ['US', '2027-09-06', 'Labor Day'],
    ['US', '2024-01-15', 'Martin Luther King Jr. Day'],
    ['ZZ', '2026-01-01', undefined],
  ])('of %s on %s: %s', (region, date, name) => expect(holidayOn(region, date)).toBe(name))

  it('are known of countries, and of parts of those', () => {
    for (const region of HOLIDAY_REGIONS) {
      expect(region).toMatch(/^[A-Z]{2}(-[A-Z]{2})?$/)
      expect(HOLIDAY_REGIONS).toContain(region.slice(0, 2))
      expect(holidayOn(region, '2026-01-01')).toBeDefined()
    }
  })
})
