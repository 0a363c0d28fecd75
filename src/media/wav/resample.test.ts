import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { resample, resampleInPortions } from './resample.ts'

const sine = (frequency: number, rate: number) =>
  Int16Array.from({ length: rate }, (_, n) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * frequency * n) / rate)),
  )

/** Root mean square of the middle, away from the edges. */
function level(pcm: Int16Array): number {
  const middle = pcm.subarray(pcm.length / 4, (pcm.length * 3) / 4)
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length)
}

describe('resampling', () => {
  it.each([
    [8000, 16_000],
    [11_025, 16_000],
    [44_100, 16_000],
    [48_000, 8000],
    [96_000, 16_000],
  ])('from %i to %i Hz keeps a tone as it is', (from, to) => {
    const out = resample(sine(1000, from), from, to)
    const wanted = sine(1000, to)
    expect(out.length).toBe(wanted.length)
    const error = out.map((sample, n) => sample - (wanted[n] ?? 0))
    expect(level(error)).toBeLessThan(level(wanted) / 1000) // 60 dB below
  })

  it('leaves out what the lower rate can not hold', () => {
    expect(level(resample(sine(6000, 48_000), 48_000, 8000))).toBeLessThan(7) // 60 dB down
  })

  it('passes a constant, and clips instead of wrapping', () => {
    const constant = resample(new Int16Array(4000).fill(1234), 44_100, 16_000)
    expect(new Set(constant.subarray(100, -100))).toEqual(new Set([1234]))
    const square = Int16Array.from({ length: 4000 }, (_, n) => (n % 200 < 100 ? 32_767 : -32_768))
    const out = resample(square, 8000, 16_000)
    for (let n = 400; n < 7600; n++) {
      if (n % 200 < 60 || n % 200 > 140) continue // it rings at the edges
      expect(Math.abs((out[n] ?? 0) - (square[n >> 1] ?? 0))).toBeLessThan(1500)
    }
  })

  it('in portions gives the same as at once, and lets others have their turn', async () => {
    const clock = fakeClock()
    const pcm = sine(440, 44_100)
    let done = false
    const resampled = resampleInPortions(pcm, 44_100, 16_000, clock).finally(() => {
      done = true
    })
    expect([clock.pending, done]).toEqual([1, false])
    await clock.advanceAsync(0)
    expect([clock.pending, done]).toEqual([0, true])
    expect(await resampled).toEqual(resample(pcm, 44_100, 16_000))
  })
})
