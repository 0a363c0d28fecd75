import { describe, expect, it } from 'vitest'
import { type TokenBucket, takeToken, tokensIn } from '../../shared/token-bucket.ts'
import { isBanned, type Strikes, strike } from './strikes.ts'

const MINUTE_MS = 60_000

/** Strikes at this pace until a ban; when it came, and how long it lasts in minutes. */
function untilBanned(before: Strikes | undefined, from: number, everyMs: number, most = 100) {
  let strikes = before
  for (let count = 1; count <= most; count++) {
    const at = from + count * everyMs
    const [next, banMs] = strike(strikes, at)
    strikes = next
    if (banMs !== undefined) return { strikes: next, count, at, minutes: banMs / MINUTE_MS }
  }
  return undefined
}

describe('strikes', () => {
  it('ban at the tenth within ten minutes, twice as long each time, a day at most', () => {
    let strikes: Strikes | undefined
    let at = 0
    const minutes: number[] = []
    for (let ban = 0; ban < 10; ban++) {
      const banned = untilBanned(strikes, at, 1000)
      expect(banned?.count).toBe(10)
      minutes.push(banned?.minutes ?? 0)
      strikes = banned?.strikes
      expect(isBanned(strikes, (strikes?.bannedUntil ?? 0) - 1)).toBe(true)
      at = strikes?.bannedUntil ?? 0
      expect(isBanned(strikes, at)).toBe(false)
    }
    expect(minutes).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440])
  })

  it('do not ban a phone with an old password that tries once a minute or two', () => {
    expect(untilBanned(undefined, 0, 70_000)).toBeUndefined()
  })

  it('are forgiven a day after the ban', () => {
    const first = untilBanned(undefined, 0, 1000)
    const soon = untilBanned(first?.strikes, (first?.strikes.bannedUntil ?? 0) + 23 * 60 * MINUTE_MS, 1000)
    expect(soon?.minutes).toBe(20)
    const late = untilBanned(first?.strikes, (first?.strikes.bannedUntil ?? 0) + 25 * 60 * MINUTE_MS, 1000)
    expect(late?.minutes).toBe(10)
  })
})

it('a bucket is full at first, empties, and fills up with time', () => {
  const size = { burst: 3, perSecond: 0.5 }
  let bucket: TokenBucket | undefined
  for (let take = 0; take < 5; take++) bucket = takeToken(bucket, 1000, size)
  expect(tokensIn(bucket, 1000, size)).toBe(0)
  expect(tokensIn(bucket, 3000, size)).toBe(1)
  expect(tokensIn(bucket, 100_000, size)).toBe(3)
})
