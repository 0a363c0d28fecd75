import { expect, it } from 'vitest'
import { formatBytes, hoursOfSound } from './room.ts'

it('says how much room there is as disks are sold', () => {
  expect(formatBytes(62_000_000_000, 'en')).toBe('62 GB')
  expect(formatBytes(21_440_000_000, 'de').replace(/\s/, ' ')).toBe('21,4 GB')
  expect(formatBytes(1_500_000_000_000, 'en')).toBe('1.5 TB')
  expect(formatBytes(700_000, 'en')).toBe('0.7 MB')
})

it('says it in hours of messages', () => {
  expect(hoursOfSound(57_600_000)).toBe(1)
  expect(hoursOfSound(0)).toBe(0)
})
