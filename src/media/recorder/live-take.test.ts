import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import type { CodecName } from '../engine.ts'
import type { Journal } from './journal/journal.ts'
import { LiveTake } from './live-take.ts'

/** A journal that counts what it is given. */
function countingJournal() {
  let packets = 0
  const journal = {
    full: false,
    largestStart: 4096,
    hasRoom: () => true,
    startTrack: () => ({}),
    append: () => void packets++,
  } as unknown as Journal
  return { journal, count: () => packets }
}

function takeOf(codec: CodecName) {
  const clock = fakeClock()
  const { journal, count } = countingJournal()
  const options = { take: { takeId: 't', meta: {} }, codec, clock, journal, onEvent() {}, onEnded() {} }
  return { clock, count, take: new LiveTake(options) }
}

it('keeps of a flood of small packets no more than twice the time that passes, whatever they sound', () => {
  const { clock, count, take } = takeOf('opus')
  // 60 ms of sound in four bytes, placed in the last second again and again.
  const payload = Uint8Array.of((9 << 3) | 3, 3, 0, 0)
  for (let number = 0; number < 60_000; number++) {
    if (number % 100 === 0) clock.advance(10)
    const at = clock.monotonic()
    const timestamp = 48 * (Math.floor(at / 60) * 60 - 60 * (number % 8))
    take.packet(at, (number * 40) & 0xffff, timestamp, 7, payload)
  }
  expect(count()).toBeGreaterThan(200)
  expect(count() * 60).toBeLessThan(2 * 6000 + 8000 + 120)
})

it('keeps what an honest caller says, in packets of any length', () => {
  for (const [config, ms] of [
    [28, 2.5],
    [29, 5],
    [9, 20],
    [11, 60],
  ] as const) {
    const { clock, count, take } = takeOf('opus')
    for (let number = 0; number < 4000; number++) {
      take.packet(clock.monotonic(), number & 0xffff, number * ms * 48, 7, Uint8Array.of(config << 3, 1, 2))
      clock.advance(ms)
    }
    expect(count()).toBe(4000)
  }
})
