import { LEVEL_DB, LEVEL_MS } from '../../media/recorder/hearing/loudness.ts'

/** Who calls to play a recording has one that is longer than this; what comes again sooner is a beep, a tune, a cry for help. */
const SHORTEST_PERIOD_MS = 8000
const SHORTEST_RHYTHM_MS = 100
/** So much sound must have come twice. */
const LEAST_TWICE_MS = 5000
/** Levels so far below the loudest are between the words. */
const RANGE_DB = 36
const BETWEEN_WORDS_DB = 24
/** The search takes steps of five levels; what is alike there is looked at closely. */
const STEP = 5
const PROMISING = 0.75
/**
 * Levels of the same sound differ by less than this on average, for the steps fall elsewhere in it: by 0.5 to 1.6 where a
 * recording was played again, by 7 and more where a voice said the same again.
 */
const SAME_DB = 2.5

/**
 * Whether all that levels (see `Loudness`) tell of is one recording, played over and over, as a machine does that has
 * called to play it. Takes a few milliseconds for three minutes.
 */
export function repeatsItself(levels: Uint8Array): boolean {
  const sound = smooth(levels)
  const coarse = thin(sound)
  const fewest = LEAST_TWICE_MS / LEVEL_MS / STEP
  const rhythm = SHORTEST_RHYTHM_MS / LEVEL_MS / STEP
  const shortest = SHORTEST_PERIOD_MS / LEVEL_MS / STEP
  for (let lag = rhythm; lag <= coarse.length - fewest; lag++) {
    if (likeness(coarse, lag) < PROMISING || !isSameAround(sound, lag * STEP)) continue
    return lag >= shortest
  }
  return false
}

function isSameAround(sound: Float64Array, lag: number): boolean {
  for (let near = lag - STEP; near <= lag + STEP; near++) if (near > 0 && isSame(sound, near)) return true
  return false
}

/** Whether what comes `lag` levels later is the same all along. */
function isSame(sound: Float64Array, lag: number): boolean {
  let loud = 0
  let difference = 0
  for (let i = lag; i < sound.length; i++) {
    const [now = 0, before = 0] = [sound[i], sound[i - lag]]
    if (Math.max(now, before) < RANGE_DB - BETWEEN_WORDS_DB) continue
    loud++
    difference += Math.abs(now - before)
  }
  return loud * LEVEL_MS >= LEAST_TWICE_MS && difference < SAME_DB * loud
}

/** Pearson's correlation of the sound with itself, so many steps later. */
function likeness(sound: Float64Array, lag: number): number {
  const count = sound.length - lag
  let a = 0
  let b = 0
  let aa = 0
  let bb = 0
  let ab = 0
  for (let i = 0; i < count; i++) {
    const x = sound[i] as number
    const y = sound[i + lag] as number
    a += x
    b += y
    aa += x * x
    bb += y * y
    ab += x * y
  }
  const spread = (aa - (a * a) / count) * (bb - (b * b) / count)
  return spread <= 0 ? 0 : (ab - (a * b) / count) / Math.sqrt(spread)
}

/** dB above the floor of the range, each the mean of three. */
function smooth(levels: Uint8Array): Float64Array {
  const floor = levels.reduce((most, level) => Math.max(most, level), 0) * LEVEL_DB - RANGE_DB
  const at = (i: number) => Math.max(0, (levels[i] ?? 0) * LEVEL_DB - floor)
  return Float64Array.from(levels, (_, i) => (at(i - 1) + at(i) + at(i + 1)) / 3)
}

const thin = (sound: Float64Array): Float64Array =>
  Float64Array.from({ length: Math.floor(sound.length / STEP) }, (_, i) => {
    let sum = 0
    for (let k = 0; k < STEP; k++) sum += sound[i * STEP + k] as number
    return sum / STEP
  })
