import { beforeEach, describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../test/helpers/fake-clock.ts'
import { createThrottle, type Throttle } from './throttle.ts'

const HOUR_MS = 3_600_000

let clock: FakeClock
let throttle: Throttle

const open = (freeTries: number) =>
  createThrottle({
    ...{ clock, freeTries },
    firstWaitMs: HOUR_MS,
    longestWaitMs: 24 * HOUR_MS,
    forgetAfterMs: 48 * HOUR_MS,
  })

beforeEach(() => {
  clock = fakeClock()
  throttle = open(2)
})

const wrong = () => throttle.charge('key').waitMs
const right = () => throttle.charge('key').forgive()

describe('a good try', () => {
  it('leaves what counts as it was: bad ones are forgotten when they would have been', () => {
    wrong()
    clock.advance(47 * HOUR_MS)
    right()
    expect(throttle.standing('key')).toEqual({ tries: 1, waitMs: 0, agoMs: 47 * HOUR_MS })
    clock.advance(HOUR_MS)
    expect(throttle.standing('key').tries).toBe(0)
  })

  it('begins no wait anew', () => {
    wrong()
    wrong()
    clock.advance(HOUR_MS)
    right()
    expect(throttle.standing('key')).toMatchObject({ tries: 2, waitMs: 0 })
  })

  it('takes nothing back of those that were judged beside it, in whatever order', () => {
    throttle = open(9)
    wrong()
    clock.advance(47 * HOUR_MS)
    const first = throttle.charge('key')
    clock.advance(1)
    wrong()
    clock.advance(1)
    const last = throttle.charge('key')
    first.forgive()
    expect(throttle.standing('key')).toMatchObject({ tries: 3, agoMs: 0 })
    last.forgive()
    expect(throttle.standing('key')).toMatchObject({ tries: 2, agoMs: 1 })
  })

  it('takes nothing back of those that came after all was forgotten', () => {
    const slow = throttle.charge('key')
    clock.advance(48 * HOUR_MS)
    wrong()
    slow.forgive()
    expect(throttle.standing('key').tries).toBe(1)
  })

  it('that had to wait was not charged, and takes nothing back', () => {
    wrong()
    wrong()
    const tooSoon = throttle.charge('key')
    expect(tooSoon.waitMs).toBe(HOUR_MS)
    tooSoon.forgive()
    expect(throttle.standing('key')).toMatchObject({ tries: 2, waitMs: HOUR_MS })
  })
})

describe('bad tries', () => {
  it('of a year among good ones are as few as without them', () => {
    let judged = 0
    for (let hour = 0; hour < 365 * 24; hour++) {
      if (wrong() === 0) judged++
      right()
      clock.advance(HOUR_MS)
    }
    // One a day at the longest wait.
    expect(judged).toBeLessThan(365 + 10)
  })
})
