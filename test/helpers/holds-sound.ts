import { readFileSync } from 'node:fs'
import { readWav } from '../../src/media/wav/read-wav.ts'

const STEP_MS = 20

/**
 * How much of one WAV file is heard in another, wherever it begins there: the correlation of how loud both are, step by
 * step, at the place where they agree best. Near 1 for the same sound through a telephone; a recogniser of words may
 * stumble over a voice that a person understands.
 */
export function holdsSound(heardFile: string, soundFile: string): number {
  const [heard, sound] = [loudnessOf(heardFile), loudnessOf(soundFile)]
  let best = 0
  for (let at = 0; at + sound.length <= heard.length; at++)
    best = Math.max(best, correlation(heard.slice(at, at + sound.length), sound))
  return best
}

/** The mean level of each step, without the silence before and after. */
function loudnessOf(file: string): number[] {
  const { samples, sampleRate } = readWav(readFileSync(file))
  const step = (sampleRate * STEP_MS) / 1000
  const levels: number[] = []
  for (let at = 0; at + step <= samples.length; at += step)
    levels.push(samples.subarray(at, at + step).reduce((sum, sample) => sum + Math.abs(sample), 0) / step)
  const isLoud = (level: number) => level > 100
  return levels.slice(levels.findIndex(isLoud), levels.findLastIndex(isLoud) + 1)
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [a, b] = [one, other].map((values) => values.map((value) => value - mean(values))) as [
    number[],
    number[],
  ]
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b) || 1)
}
