import { expect, it } from 'vitest'
import { type Clip, clipSeconds, cut, encodeWav, isTooSoft, lampsFor, trimSilence } from './clip.ts'

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

it('makes a WAV file, and clips what is too loud', () => {
  const file = encodeWav({ samples: new Float32Array([0, 0.5, -0.5, 2, -2]), rate: 16_000 })
  const text = (from: number, to: number) => new TextDecoder().decode(file.slice(from, to))
  expect([text(0, 4), text(8, 16), text(36, 40)]).toEqual(['RIFF', 'WAVEfmt ', 'data'])
  const view = new DataView(file)
  expect([20, 22, 32, 34].map((at) => view.getUint16(at, true))).toEqual([1, 1, 2, 16])
  expect([4, 24, 28, 40].map((at) => view.getUint32(at, true))).toEqual([46, 16_000, 32_000, 10])
  expect([...new Int16Array(file.slice(44))]).toEqual([0, 16_384, -16_383, 32_767, -32_767])
})

it('lights more lamps the louder it is', () => {
  expect([0, 0.003, 0.004, 0.1, 0.5, 1, 3].map(lampsFor)).toEqual([0, 0, 1, 7, 11, 12, 12])
})
