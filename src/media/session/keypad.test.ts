import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Digit, type Press, stepPress } from '../rtp/telephone-event.ts'
import { type KeyPacket, Keypad } from './keypad.ts'

const UNITS_PER_MS = 8

interface Told extends KeyPacket {
  readonly at: number
}

/** Presses of these lengths and pauses, in reports of 20 ms (of which some are lost), told again every `ptimeMs`. */
function tell(
  presses: readonly { code: number; durationMs: number; pauseMs: number; lost?: readonly boolean[] }[],
  ptimeMs: number,
): Told[] {
  const keypad = new Keypad(UNITS_PER_MS)
  const told: Told[] = []
  let now = 0
  let due = 3
  const passTo = (at: number) => {
    for (; due <= at; due += ptimeMs) {
      const packet = keypad.next(due, ptimeMs * UNITS_PER_MS)
      if (packet) told.push({ ...packet, at: due })
    }
    now = at
  }
  for (const { code, durationMs, pauseMs, lost = [] } of presses) {
    const startedAt = now
    const ends = Math.ceil(durationMs / 20)
    for (let i = 1; i <= ends + 2; i++) {
      passTo(startedAt + 20 * Math.min(i, ends))
      const ms = Math.min(20 * i, durationMs)
      const segment = Math.floor((ms * UNITS_PER_MS - 1) / 0xffff) * 0xffff
      const timestamp = (startedAt * UNITS_PER_MS + segment) >>> 0
      const duration = ms * UNITS_PER_MS - segment
      if (!lost[i]) keypad.hear({ code, end: i >= ends, duration, timestamp, marker: i === 1 }, 7, now)
    }
    passTo(now + pauseMs)
  }
  passTo(now + 5000)
  return told
}

/** What a receiver makes of it. */
function received(told: readonly Told[], ptimeMs: number): Digit[] {
  let press: Press = { kind: 'none' }
  let start = 0
  const digits: Digit[] = []
  for (const { at, code, first, end, duration, segment } of told) {
    if (first) start = at * UNITS_PER_MS
    const timestamp = (start + segment) >>> 0
    const report = { code, end, duration, timestamp, marker: first }
    const [next, found] = stepPress(press, { kind: 'report', at: at + ptimeMs, report }, 8000)
    press = next
    digits.push(...found)
  }
  return digits
}

describe('keys told again', () => {
  it('RFC 4733 §2.5: are the same keys, each once, in their order, whatever is lost of them', () => {
    const one = fc.record({
      code: fc.nat(15),
      durationMs: fc.integer({ min: 20, max: 300 }),
      pauseMs: fc.integer({ min: 0, max: 300 }),
      lost: fc.array(fc.boolean(), { maxLength: 8 }),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), fc.constantFrom(10, 20, 30, 60), (presses, ptimeMs) => {
        const told = tell(presses, ptimeMs)
        const known = presses.filter(({ durationMs, lost }) => {
          const reports = Math.ceil(durationMs / 20) + 2
          return Array.from({ length: reports }, (_, i) => !lost[i + 1]).includes(true)
        })
        const digits = received(told, ptimeMs)
        expect(digits.map(({ digit }) => '0123456789*#ABCD'.indexOf(digit))).toEqual(
          known.map(({ code }) => code),
        )
        for (const { durationMs } of digits) expect(durationMs).toBeGreaterThanOrEqual(60)
        expect(told.filter(({ end }) => end).length).toBe(3 * known.length)
      }),
    )
  })

  it('RFC 4733 §2.5.1.3: a press of more than 65,535 units goes on in segments', () => {
    const told = tell([{ code: 1, durationMs: 20_000, pauseMs: 0 }], 20)
    expect(received(told, 20)).toEqual([{ digit: '1', durationMs: 20_000 }])
    expect(Math.max(...told.map(({ duration }) => duration))).toBe(0xffff)
  })

  it('RFC 4733 §2.5.2: a press whose end is lost is over when nothing more is heard of it', () => {
    const endless = [false, false, false, true, true, true, true, true]
    const told = tell([{ code: 4, durationMs: 100, pauseMs: 0, lost: endless }], 20)
    expect(told.filter(({ end }) => end).length).toBe(3)
    expect(told.length).toBeLessThan(16)
  })
})
