import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateIndex } from './packet-index.ts'
import { ReplayWindow, WINDOW } from './replay-window.ts'

describe('the packet index', () => {
  it('RFC 3711 §3.3.1: is found again from 16 bits of it, up to 2^15 − 1 packets away', () => {
    const far = fc.integer({ min: -0x7fff, max: 0x7fff })
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(0xffff), far, (rollOver, latest, away) => {
        const highest = (rollOver + 1) * 0x1_0000 + latest
        expect(estimateIndex(highest, (highest + away) & 0xffff)).toBe(highest + away)
      }),
    )
  })

  it('RFC 3711 §3.3.1: is negative for a packet from before the beginning', () => {
    expect(estimateIndex(3, 0xfffe)).toBe(-2)
  })
})

describe('the replay window', () => {
  it('RFC 3711 §3.3.2: admits each index once, and none that is 64 or more behind', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 400 }), (indices) => {
        const window = new ReplayWindow()
        const taken = new Set<number>()
        for (const index of indices) {
          const fresh = !taken.has(index) && index > Math.max(...taken) - WINDOW
          expect(window.admits(index)).toBe(fresh)
          if (fresh) window.take(index)
          if (fresh) taken.add(index)
          expect(window.highest).toBe(Math.max(...taken))
        }
      }),
    )
  })
})
