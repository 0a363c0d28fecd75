/** A stretch in which nothing is said, in ms from the beginning. */
export interface Silence {
  readonly fromMs: number
  readonly toMs: number
}

const WINDOW_MS = 20
/** Pauses between sentences stay: they are part of what is said. */
const SHORTEST_MS = 700
/** What is left of a pause, so that no word loses its first or last sound. */
const MARGIN_MS = 150
/** So far below the loud parts, a line's noise lies and no voice: -32 dB. */
const BELOW_VOICE = 0.025
/** Nobody speaks as softly as this: -54 dB of full scale. */
const QUIETEST = 0.002

/**
 * The pauses of a recording that are long enough to jump over, without the margins that are left of them; at its
 * beginning and end there is nothing to leave. What is quiet is told by how loud the recording's loud parts are.
 */
export function silencesOf(samples: Float32Array, sampleRate: number): readonly Silence[] {
  const levels = levelsOf(samples, Math.round((sampleRate * WINDOW_MS) / 1000))
  const loud = levels.toSorted()[Math.floor(levels.length * 0.95)] ?? 0
  const quiet = Math.max(QUIETEST, loud * BELOW_VOICE)
  const silences: Silence[] = []
  for (let from = 0; from < levels.length; from++) {
    let to = from
    while (to < levels.length && (levels[to] ?? 0) < quiet) to++
    if ((to - from) * WINDOW_MS >= SHORTEST_MS)
      silences.push({
        fromMs: from === 0 ? 0 : from * WINDOW_MS + MARGIN_MS,
        toMs: to === levels.length ? to * WINDOW_MS : to * WINDOW_MS - MARGIN_MS,
      })
    from = to
  }
  return silences
}

/** Where to go on from this instant: the end of the silence in which it lies; null when something is said. */
export const afterSilence = (silences: readonly Silence[], atMs: number): number | null =>
  silences.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)?.toMs ?? null

/** The root mean square of each window. */
function levelsOf(samples: Float32Array, size: number): Float32Array {
  const levels = new Float32Array(Math.ceil(samples.length / size))
  levels.forEach((_, place) => {
    const window = samples.subarray(place * size, (place + 1) * size)
    levels[place] = Math.sqrt(window.reduce((sum, sample) => sum + sample * sample, 0) / window.length)
  })
  return levels
}
