import { expect, it } from 'vitest'
import { nextTry, restAfter } from './next-try.ts'

const DAY_MS = 24 * 3600_000

it('a mail is tried within a minute, then less and less often, for more than three days (RFC 5321 §4.5.4.1)', () => {
  const pauses: number[] = []
  for (let tries = 1; ; tries++) {
    const pause = nextTry(tries, { code: 'AP_MAIL_DEFERRED' })
    if (pause === undefined) break
    pauses.push(pause)
  }
  expect(pauses[0]).toBe(60_000)
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
  const wholeMs = pauses.reduce((sum, pause) => sum + pause, 0)
  expect(wholeMs).toBeGreaterThan(2.9 * DAY_MS)
  expect(wholeMs).toBeLessThan(5 * DAY_MS)
})

it('what is refused for good is not tried again; a server that is away is left alone for a while', () => {
  expect(nextTry(1, { code: 'AP_MAIL_REFUSED' })).toBeUndefined()
  expect(nextTry(1, { code: 'AP_RECORDING_MISSING' })).toBeUndefined()
  expect(nextTry(1, { code: 'AP_MAIL_LOGIN_REFUSED' })).toBe(60_000)
  expect(restAfter({ code: 'AP_MAIL_UNREACHABLE' })).toBeGreaterThan(0)
  expect(restAfter({ code: 'AP_MAIL_REFUSED' })).toBe(0)
})
