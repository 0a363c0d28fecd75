import { describe, expect, it } from 'vitest'
import { afterSilence, silencesOf } from './silences.ts'

const RATE = 8000
/** Stretches of a tone, as [amplitude, length in ms]. */
function soundOf(...stretches: readonly (readonly [number, number])[]): Float32Array {
  const samples = stretches.flatMap(([amplitude, ms]) =>
    Array.from({ length: (ms * RATE) / 1000 }, (_, n) => amplitude * Math.sin(n / 2)),
  )
  return Float32Array.from(samples)
}
const found = (...stretches: readonly (readonly [number, number])[]) =>
  silencesOf(soundOf(...stretches), RATE).map(({ fromMs, toMs }) => `${fromMs}-${toMs}`)

describe('silences', () => {
  it('are long pauses, less a margin towards what is said', () => {
    expect(found([0.5, 1000], [0, 2000], [0.5, 1000])).toEqual(['1150-2850'])
    expect(found([0.5, 1000], [0, 600], [0.5, 1000])).toEqual([])
  })

  it('reach to the very beginning and end', () => {
    expect(found([0, 1000], [0.5, 1000], [0, 1000])).toEqual(['0-850', '2150-3000'])
  })

  it('are told by how loud the voice is: a soft one on a quiet line is none, noise under a loud one is', () => {
    expect(found([0.05, 1000], [0.01, 1000], [0.05, 1000])).toEqual([])
    expect(found([0.8, 1000], [0.01, 1000], [0.8, 1000])).toEqual(['1150-1850'])
  })

  it('are all there is where nobody speaks', () => {
    expect(found([0, 3000])).toEqual(['0-3000'])
    expect(found()).toEqual([])
  })
})

it('goes on where the silence ends', () => {
  const silences = [{ fromMs: 100, toMs: 900 }]
  expect([99, 100, 899, 900].map((at) => afterSilence(silences, at))).toEqual([null, 900, 900, null])
})
