import { describe, expect, it } from 'vitest'
import { createPolicy } from './policy.ts'

const DAY_MS = 86_400_000

describe('the policy', () => {
  it('challenges a stranger thirty times, then once a second', () => {
    const policy = createPolicy()
    let challenges = 0
    const ask = (at: number) => {
      if (!policy.admits('192.0.2.9', at)) return
      policy.challenged('192.0.2.9', at)
      challenges++
    }
    for (let n = 0; n < 100; n++) ask(0)
    expect(challenges).toBe(30)
    for (let n = 0; n < 100; n++) ask(5000)
    expect(challenges).toBe(35)
    expect(policy.admits('192.0.2.10', 5000)).toBe(true)
  })

  it('challenges all strangers together a thousand times at once, and homes in any case', () => {
    const policy = createPolicy()
    policy.remember('192.0.2.1', 'kitchen', 0)
    for (let n = 0; n < 5000; n++) {
      const network = `10.0.${n >> 8}.${n & 255}`
      if (policy.admits(network, 0)) policy.challenged(network, 0)
    }
    expect(policy.admits('198.51.100.1', 0)).toBe(false)
    expect(policy.admits('192.0.2.1', 0)).toBe(true)
    expect(policy.admits('198.51.100.1', 10)).toBe(true)
  })

  it('lets no flood in the name of a home keep strangers out', () => {
    const policy = createPolicy()
    policy.remember('192.0.2.1', 'kitchen', 0)
    for (let n = 0; n < 5000; n++) policy.challenged('192.0.2.1', 0)
    expect(policy.admits('198.51.100.1', 0)).toBe(true)
  })

  it('bans who guesses, and forgets it in time', () => {
    const policy = createPolicy()
    for (let n = 0; n < 9; n++) expect(policy.struck('192.0.2.9', `user ${n}`, n)).toBeUndefined()
    expect(policy.admits('192.0.2.9', 9)).toBe(true)
    expect(policy.struck('192.0.2.9', 'root', 9)).toEqual({ kind: 'banned', banMs: 600_000 })
    expect(policy.banned(9)).toBe(1)
    expect(policy.admits('192.0.2.9', 600_008)).toBe(false)
    expect(policy.proved('192.0.2.9', 'kitchen', 600_008)).toBe(false)
    expect(policy.admits('192.0.2.9', 600_009)).toBe(true)
    expect(policy.banned(600_009)).toBe(0)
  })

  it('tells a ban once, and lets it not grow while it lasts, though at a home guesses are still heard', () => {
    const policy = createPolicy()
    policy.remember('192.0.2.1', 'kitchen', 0)
    const told = Array.from({ length: 500 }, (_, n) => policy.struck('192.0.2.1', 'office', n))
    expect(told.filter((strike) => strike !== undefined)).toEqual([{ kind: 'banned', banMs: 600_000 }])
    expect(policy.proved('192.0.2.1', 'office', 600_008)).toBe(false)
    expect(policy.proved('192.0.2.1', 'office', 600_009)).toBe(true)
    const guessed = Array.from({ length: 500 }, (_, n) => policy.struck('192.0.2.1', 'kitchen', n))
    expect(guessed.filter((strike) => strike !== undefined)).toEqual([{ kind: 'guessed-at-home' }])
  })

  it('lets a user in at home whoever is banned there, and tells when he himself is guessed', () => {
    const policy = createPolicy()
    expect(policy.proved('192.0.2.1', 'kitchen', 0)).toBe(true)
    for (let n = 0; n < 20; n++) policy.struck('192.0.2.1', 'office', n)
    expect(policy.banned(20)).toBe(1)
    expect(policy.admits('192.0.2.1', 20)).toBe(true)
    expect(policy.proved('192.0.2.1', 'kitchen', 20)).toBe(true)
    expect(policy.proved('192.0.2.1', 'office', 20)).toBe(false)
    const told = Array.from({ length: 10 }, (_, n) => policy.struck('192.0.2.1', 'kitchen', 20 + n))
    expect(told.at(-1)).toEqual({ kind: 'guessed-at-home' })
    expect(policy.proved('192.0.2.1', 'kitchen', 30)).toBe(true)
  })

  it('remembers a home for thirty days after the last time, by user', () => {
    const policy = createPolicy()
    policy.remember('192.0.2.1', 'kitchen', 0)
    policy.proved('192.0.2.1', 'kitchen', 20 * DAY_MS)
    for (let n = 0; n < 10; n++) policy.struck('192.0.2.1', 'x', 49 * DAY_MS)
    expect(policy.admits('192.0.2.1', 50 * DAY_MS)).toBe(true)
    expect(policy.proved('192.0.2.1', 'kitchen', 49 * DAY_MS + 1)).toBe(true)
    policy.forget('kitchen')
    expect(policy.admits('192.0.2.1', 49 * DAY_MS + 2)).toBe(false)
    expect(policy.proved('192.0.2.1', 'kitchen', 49 * DAY_MS + 2)).toBe(false)
  })
})
