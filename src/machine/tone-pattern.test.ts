import { expect, it } from 'vitest'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { judgeHeard, type Level, PATTERN_MS, patternSound } from './tone-pattern.ts'

/** Levels of a sound that begins at `from`, measured each 100 ms from 0 on, `offset` ms late. */
function levelsOf(pcm: Int16Array, from: number, gain = 1, offset = 0): Level[] {
  const levels: Level[] = []
  for (let at = 100 + offset; at <= 12_000; at += 100) {
    let peak = 0
    for (let sample = (at - 100 - from) * 8; sample < (at - from) * 8; sample++)
      peak = Math.max(peak, Math.abs(pcm[sample] ?? 0) / 32_768)
    levels.push({ at, peak: peak * gain })
  }
  return levels
}

it.each([
  [0, 1, 0],
  [180, 1, 40],
  [1500, 0.1, 70],
  [2900, 0.5, 10],
])(
  'knows its own sound again, %i ms later and %d as loud, whenever it is measured',
  (delay, gain, offset) => {
    const heard = judgeHeard([1000], levelsOf(patternSound(), 1000 + delay, gain, offset))
    expect(heard.kind).toBe('echo')
    expect(Math.abs((heard.kind === 'echo' ? heard.delayMs : -1) - delay)).toBeLessThanOrEqual(100)
  },
)

it('knows it after an announcement, when it is sent again', () => {
  const speech = levelsOf(new Int16Array(0), 0).map(({ at }, index) => ({
    at,
    peak: at < 5000 ? 0.2 + 0.2 * Math.sin(index) : 0,
  }))
  const echo = levelsOf(patternSound(), 6100)
  const both = speech.map(({ at, peak }, index) => ({ at, peak: Math.max(peak, echo[index]?.peak ?? 0) }))
  expect(judgeHeard([1000], both)).toEqual({ kind: 'foreign' })
  expect(judgeHeard([1000, 6000], both)).toMatchObject({ kind: 'echo' })
})

it('takes nothing else for it: ringing, speech, noise, a steady tone', () => {
  const random = seededRandom(4)
  const every = (peak: (at: number) => number) =>
    levelsOf(new Int16Array(0), 0).map(({ at }) => ({ at, peak: peak(at) }))
  const others = [
    every((at) => (at % 5000 < 1000 ? 0.5 : 0.001)),
    every((at) => (at % 1000 < 500 ? 0.5 : 0)),
    every(() => 0.4),
    ...Array.from({ length: 60 }, () => every(() => random.fraction() ** 2)),
    // Syllables: some hundred ms on, some off.
    ...Array.from({ length: 60 }, () => {
      let until = 0
      let loud = 0
      return every((at) => {
        if (at >= until) {
          until = at + 100 + random.fraction() * 500
          loud = random.fraction() < 0.5 ? 0.01 : random.fraction() * 0.6
        }
        return loud
      })
    }),
  ]
  for (const levels of others)
    expect(judgeHeard([1000, 1000 + PATTERN_MS + 800], levels).kind).toBe('foreign')
})

it('tells silence, and the noise that comforts', () => {
  const levels = levelsOf(new Int16Array(0), 0).map(({ at }) => ({ at, peak: 0.002 }))
  expect(judgeHeard([1000], levels)).toEqual({ kind: 'silence' })
  expect(judgeHeard([1000], [])).toEqual({ kind: 'silence' })
})
