import { expect, it } from 'vitest'
import { encodeWav } from './wav.ts'

it('makes a WAV file, and clips what is too loud', () => {
  const file = encodeWav({ samples: new Float32Array([0, 0.5, -0.5, 2, -2]), rate: 16_000 })
  const text = (from: number, to: number) => new TextDecoder().decode(file.slice(from, to))
  expect([text(0, 4), text(8, 16), text(36, 40)]).toEqual(['RIFF', 'WAVEfmt ', 'data'])
  const view = new DataView(file)
  expect([20, 22, 32, 34].map((at) => view.getUint16(at, true))).toEqual([1, 1, 2, 16])
  expect([4, 24, 28, 40].map((at) => view.getUint32(at, true))).toEqual([46, 16_000, 32_000, 10])
  expect([...new Int16Array(file.slice(44))]).toEqual([0, 16_384, -16_383, 32_767, -32_767])
})
