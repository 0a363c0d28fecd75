import { LEVEL_DB, LEVEL_MS } from '../../media/recorder/hearing/loudness.ts'

/** Whoever is silent for less is about to say something. */
const SHORTEST_MS = 4000
/** Voices on the telephone are louder; this is below full scale. */
const LOUDEST_DB = -38
const FULL_SCALE = 96
/** Noise keeps its loudness and does not pause; any word stands out of it by more than this, or nobody could understand it. */
const STANDS_OUT_DB = 4.5
/** A click of the line, or a lost packet. */
const LONGEST_CLICK_MS = 60

/** Whether levels (see `Loudness`) are those of a line that hisses or hums, and nobody speaks. */
export function isLineNoise(levels: Uint8Array): boolean {
  if (levels.length * LEVEL_MS < SHORTEST_MS) return false
  const median = levels.toSorted()[levels.length >> 1] ?? 0
  if ((median - FULL_SCALE) * LEVEL_DB > LOUDEST_DB) return false
  let otherMs = 0
  for (const level of levels) {
    otherMs = Math.abs(level - median) * LEVEL_DB > STANDS_OUT_DB ? otherMs + LEVEL_MS : 0
    if (otherMs > LONGEST_CLICK_MS) return false
  }
  return true
}
