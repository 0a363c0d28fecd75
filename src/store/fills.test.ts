import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Level, levelOf, nextTold, percentOf, shareOf, shareOfDisk } from './fills.ts'

const MINUTE = 60_000

describe('how full a mailbox is', () => {
  it('is told by whichever of its limits is nearer; without any it is never full', () => {
    const held = { messages: 8, ms: 30 * MINUTE }
    expect(shareOf({ quotaMessages: null, quotaMinutes: null }, held)).toBeNull()
    expect(shareOf({ quotaMessages: 10, quotaMinutes: null }, held)).toBe(0.8)
    expect(shareOf({ quotaMessages: 100, quotaMinutes: 30 }, held)).toBe(1)
    expect(shareOf({ quotaMessages: 1, quotaMinutes: null }, { messages: 0, ms: 0 })).toBe(0)
  })

  it('is news at four fifths and at all of it', () => {
    expect([0, 0.79, 0.8, 0.99, 1, 7].map(levelOf)).toEqual([
      'room',
      'room',
      'filling',
      'filling',
      'full',
      'full',
    ])
    expect([0.799, 0.999, 1, 1.25].map(percentOf)).toEqual([79, 99, 100, 125])
  })

  it('of a disk counts what recordings have of the room that is theirs to have', () => {
    const MB = 1 << 20
    expect(shareOfDisk({ recordings: 0, free: 1000 * MB })).toBe(0)
    expect(shareOfDisk({ recordings: 80 * MB, free: 84 * MB })).toBe(0.8)
    // Others fill the disk: that is told, too.
    expect(shareOfDisk({ recordings: 0, free: 64 * MB })).toBe(1)
  })
})

describe('what is told of it', () => {
  const play = (shares: readonly number[]) => {
    let told: Level = 'room'
    return shares.map((share) => {
      const step = nextTold(told, share)
      told = step.told
      return step.isNews ? told : '-'
    })
  }

  it('is each crossing once, the higher one where both are crossed at once', () => {
    expect(play([0.5, 0.8, 0.9, 1, 1.2])).toEqual(['-', 'filling', '-', 'full', '-'])
    expect(play([0, 1])).toEqual(['-', 'full'])
  })

  it('is told again only after it has clearly fallen', () => {
    expect(play([0.8, 0.79, 0.8, 0.74, 0.8])).toEqual(['filling', '-', '-', '-', 'filling'])
    expect(play([1, 0.96, 1, 0.94, 1])).toEqual(['full', '-', '-', '-', 'full'])
    expect(play([1, 0.85, 0.8, 0.9])).toEqual(['full', '-', '-', '-'])
  })

  it('never is less than what is so, nor twice without a fall between', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1.5, noNaN: true }), { maxLength: 40 }), (shares) => {
        let told: Level = 'room'
        let lowest = 0
        let last: Level | undefined
        const rank = (level: Level) => ['room', 'filling', 'full'].indexOf(level)
        for (const share of shares) {
          const step = nextTold(told, share)
          expect(rank(step.told)).toBeGreaterThanOrEqual(rank(levelOf(share)))
          lowest = Math.min(lowest, share)
          if (step.isNews) {
            if (last === step.told) expect(lowest).toBeLessThan(last === 'full' ? 0.95 : 0.75)
            last = step.told
            lowest = share
          }
          told = step.told
        }
      }),
    )
  })
})
