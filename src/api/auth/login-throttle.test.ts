import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { createThrottle } from '../../shared/throttle.ts'
import { createLoginThrottle } from './login-throttle.ts'

const wrong = async () => undefined
const right = async () => 'in'
const MINUTE_MS = 60_000

describe('a source that keeps failing', () => {
  it('waits twice as long each time, up to a quarter of an hour', async () => {
    const clock = fakeClock()
    const throttle = createLoginThrottle(clock)
    for (let guess = 0; guess < 5; guess++) await throttle.attempt('192.0.2.1', 'ada', wrong)
    const waits: number[] = []
    for (let guess = 0; guess < 12; guess++) {
      const error = await throttle.attempt('192.0.2.1', 'ada', right).catch((failure) => failure)
      expect(error.code).toBe('AP_TOO_MANY_ATTEMPTS')
      waits.push(error.details.seconds)
      clock.advance(error.details.seconds * 1000)
      await throttle.attempt('192.0.2.1', `name ${guess}`, wrong)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
  })

  it('counts tries that are made at once', async () => {
    const throttle = createLoginThrottle(fakeClock())
    const tries = Array.from({ length: 100 }, () => throttle.attempt('192.0.2.1', 'ada', wrong))
    const results = await Promise.allSettled(tries)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  })

  it('is forgotten after an hour, and good tries do not count', async () => {
    const clock = fakeClock()
    const throttle = createLoginThrottle(clock)
    for (let login = 0; login < 50; login++)
      expect(await throttle.attempt('192.0.2.1', 'ada', right)).toBe('in')
    for (let guess = 0; guess < 5; guess++) await throttle.attempt('192.0.2.1', 'ada', wrong)
    await expect(throttle.attempt('192.0.2.1', 'ada', right)).rejects.toThrow('Try again in 1 s')
    clock.advance(61 * MINUTE_MS)
    expect(await throttle.attempt('192.0.2.1', 'ada', right)).toBe('in')
  })
})

describe('an account that is guessed at from everywhere', () => {
  it('lets its owner in from elsewhere all the same, at most two seconds late', async () => {
    const clock = fakeClock()
    const throttle = createLoginThrottle(clock)
    const guesses = Array.from({ length: 500 }, (_, source) =>
      throttle.attempt(`198.51.${source >> 8}.${source & 255}`, 'ada', wrong),
    )
    let isIn = false
    const login = throttle.attempt('203.0.113.5', 'ada', right).then((result) => {
      isIn = true
      return result
    })
    await clock.advanceAsync(200)
    expect(isIn).toBe(false)
    await clock.advanceAsync(1800)
    expect(await login).toBe('in')
    await Promise.all(guesses)
    expect(clock.pending).toBe(0)
  })
})

describe('a throttle', () => {
  it('holds no more than ten thousand sources', () => {
    const throttle = createThrottle({
      clock: fakeClock(),
      freeTries: 1,
      firstWaitMs: 1000,
      longestWaitMs: 1000,
      forgetAfterMs: 1e9,
    })
    for (let source = 0; source < 10_001; source++) throttle.charge(`source ${source}`)
    expect(throttle.charge('source 0').waitMs).toBe(0)
    expect(throttle.charge('source 10000').waitMs).toBe(1000)
  })
})
