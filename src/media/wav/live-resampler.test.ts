import { describe, expect, it } from 'vitest'
import { LiveResampler } from './live-resampler.ts'
import { resample } from './resample.ts'

const sine = (hertz: number, rate: number, count: number) =>
  Int16Array.from({ length: count }, (_, i) => 10_000 * Math.sin((2 * Math.PI * hertz * i) / rate))

function inPieces(pcm: Int16Array, from: number, to: number, pieceMs: number): Int16Array {
  const resampler = new LiveResampler(from, to)
  const out = new Int16Array((pcm.length * to) / from)
  const [taken, made] = [(pieceMs * from) / 1000, (pieceMs * to) / 1000]
  for (let piece = 0; piece * taken < pcm.length; piece++)
    resampler.run(
      pcm.subarray(piece * taken, (piece + 1) * taken),
      out.subarray(piece * made, (piece + 1) * made),
    )
  return out
}

const rms = (pcm: Int16Array) => Math.sqrt(pcm.reduce((sum, x) => sum + x * x, 0) / pcm.length)

describe('PCM that comes live', () => {
  it.each([
    [8000, 16_000, 17],
    [16_000, 8000, 17],
  ])('from %i to %i Hz is what the whole would be, late by half the filter', (from, to, lateMs) => {
    const pcm = sine(1000, from, from)
    const [live, whole] = [inPieces(pcm, from, to, 20), resample(pcm, from, to)]
    const late = to === 16_000 ? 2 * lateMs : lateMs
    expect(live.subarray(late + 800, 8000)).toEqual(whole.subarray(800, 8000 - late))
  })

  it('is the same in pieces of any length', () => {
    const pcm = sine(700, 16_000, 16_000)
    const pieces = [10, 20, 40].map((ms) => inPieces(pcm, 16_000, 8000, ms))
    expect(pieces[1]).toEqual(pieces[0])
    expect(pieces[2]).toEqual(pieces[0])
  })

  it('folds nothing down from above the lower rate’s band', () => {
    expect(rms(inPieces(sine(5000, 16_000, 16_000), 16_000, 8000, 20).subarray(400))).toBeLessThan(10)
    const down = inPieces(sine(3000, 16_000, 16_000), 16_000, 8000, 20)
    expect(Math.abs(20 * Math.log10(rms(down.subarray(400)) / (10_000 / Math.SQRT2)))).toBeLessThan(0.1)
  })
})
