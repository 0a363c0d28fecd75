import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeTake } from './judge-take.ts'

const AS_EVER = { shortestMs: 2000 }

describe('a take', () => {
  it.each([
    ['speech', { durationMs: 5000, hearing: { soundMs: 3000 } }, 'message'],
    ['one word', { durationMs: 2100, hearing: { soundMs: 250 } }, 'message'],
    [
      'speech, but shorter than the mailbox wants',
      { durationMs: 1900, hearing: { soundMs: 1500 } },
      'nothing-said',
    ],
    ['silence', { durationMs: 20_000, hearing: { soundMs: 0 } }, 'nothing-said'],
    ['the click of a handset', { durationMs: 20_000, hearing: { soundMs: 60 } }, 'nothing-said'],
    ['a busy tone', { durationMs: 20_000, hearing: { soundMs: 0, tone: 'busy' } }, 'nothing-said'],
    [
      'a short word, then the machine stopped',
      { durationMs: 300, hearing: { soundMs: 20 }, cutOff: 'crash' },
      'message',
    ],
    [
      'silence, then the machine stopped',
      { durationMs: 9000, hearing: { soundMs: 0 }, cutOff: 'crash' },
      'nothing-said',
    ],
    [
      'speech until the journal was full',
      { durationMs: 1, hearing: { soundMs: 1 }, cutOff: 'journal-full' },
      'message',
    ],
  ] as const)('%s', (_, take, judged) => {
    expect(judgeTake(take, AS_EVER)).toBe(judged)
  })

  it('that was cut off is kept whenever the whole one would be', () => {
    fc.assert(
      fc.property(fc.nat(30_000), fc.nat(30_000), fc.nat(10_000), (durationMs, soundMs, shortestMs) => {
        const whole = judgeTake({ durationMs, hearing: { soundMs } }, { shortestMs })
        const cut = judgeTake({ durationMs, hearing: { soundMs }, cutOff: 'crash' }, { shortestMs })
        expect(whole === 'message' && cut !== 'message').toBe(false)
      }),
    )
  })
})
