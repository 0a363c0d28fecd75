import { expect, it } from 'vitest'
import { type Clip, clipSeconds, cut, isTooSoft, trimSilence } from './clip.ts'

/** A second of silence, a second of sound at `loudness`, half a second of silence. */
function speech(loudness: number): Clip {
  const samples = new Float32Array(2500)
  for (let place = 1000; place < 2000; place++) samples[place] = Math.sin(place) * loudness
  return { samples, rate: 1000 }
}

it('cuts the silence off, but for a breath', () => {
  const { from, to } = trimSilence(speech(0.5))
  expect(from).toBeCloseTo(0.75, 2)
  expect(to).toBeCloseTo(2.25, 2)
  expect(clipSeconds(cut(speech(0.5), { from, to }))).toBeCloseTo(1.5, 2)
  expect(trimSilence(speech(0))).toEqual({ from: 0, to: 2.5 })
  expect(trimSilence({ samples: new Float32Array([0.5]), rate: 8000 })).toEqual({ from: 0, to: 1 / 8000 })
})

it('knows what nobody would hear', () => {
  expect(isTooSoft(speech(0.02))).toBe(true)
  expect(isTooSoft(speech(0.3))).toBe(false)
})
