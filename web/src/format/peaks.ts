/**
 * The outline of a sound: for each of `count` equal stretches its greatest amplitude, between 0 and 1, the loudest
 * stretch being 1. Silence stays 0: it is not blown up into noise.
 */
export function peaksOf(samples: Float32Array, count: number): Float32Array {
  const peaks = new Float32Array(count)
  for (let stretch = 0; stretch < count; stretch++) {
    const from = Math.floor((stretch * samples.length) / count)
    const to = Math.floor(((stretch + 1) * samples.length) / count)
    let peak = 0
    for (let place = from; place < to; place++) peak = Math.max(peak, Math.abs(samples[place] ?? 0))
    peaks[stretch] = peak
  }
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 0)
  return loudest < QUIETEST ? new Float32Array(count) : peaks.map((peak) => peak / loudest)
}

/** Below this a recording counts as silent: -54 dB of full scale. */
const QUIETEST = 0.002

/**
 * The bars as one SVG path: upright strokes in a box of `width` by `height` px, one every `pitch` px, each at least
 * a dot of `dot` px high.
 */
export function barsPath(peaks: Float32Array, height: number, pitch: number, dot: number): string {
  let path = ''
  peaks.forEach((peak, place) => {
    // The power lifts quiet speech beside one loud syllable, as ears do.
    const half = Math.max(dot, peak ** 0.7 * (height - pitch)) / 2
    const x = place * pitch + pitch / 2
    path += `M${round(x)} ${round(height / 2 - half)}v${round(half * 2)}`
  })
  return path
}

const round = (value: number) => Math.round(value * 10) / 10
