import { type ProgressTone, progressTones } from './progress-tones.ts'
import type { Sines } from './tone-fit.ts'

/** Frequencies of exchanges are kept to a few Hz; those of old ones less so. */
const FREQUENCY_TOLERANCE_HZ = 12
/** Frames of 20 ms see a burst's ends so far off, and exchanges keep time to a tenth. */
const CADENCE_TOLERANCE_MS = 25
const CADENCE_TOLERANCE = 0.1
/** This part of the bursts and of the pauses must fit; the rest may be torn by lost packets. */
const MOST = 0.8
const SHORTEST_DIAL_TONE_MS = 2000
/** Fewer bursts and pauses prove nothing. */
const FEWEST = 3

/** The bursts and pauses of a tone, complete ones only: those at the take's ends are cut. */
export interface Bursts {
  readonly sines: Sines
  readonly onMs: readonly number[]
  readonly offMs: readonly number[]
  /** The longest burst, complete or not. */
  readonly longestMs: number
}

/** The kind of progress tone that the bursts make up: the row of the table that fits best. */
export function recogniseCadence({
  sines,
  onMs,
  offMs,
  longestMs,
}: Bursts): ProgressTone['kind'] | undefined {
  const rows = progressTones.filter(({ frequencies }) => hasFrequencies(sines, frequencies))
  if (onMs.length === 0 && offMs.length === 0)
    return longestMs >= SHORTEST_DIAL_TONE_MS ? rows.find(({ cadence }) => !cadence)?.kind : undefined
  if (onMs.length === 0 || offMs.length === 0 || onMs.length + offMs.length < FEWEST) return undefined
  let best: { readonly kind: ProgressTone['kind']; readonly missMs: number } | undefined
  for (const { kind, cadence } of rows) {
    if (!cadence) continue
    const on = miss(
      onMs,
      cadence.filter((_, index) => index % 2 === 0),
    )
    const off = miss(
      offMs,
      cadence.filter((_, index) => index % 2 === 1),
    )
    if (on === undefined || off === undefined) continue
    if (!best || on + off < best.missMs) best = { kind, missMs: on + off }
  }
  return best?.kind
}

const hasFrequencies = ({ low, high }: Sines, [first, second = first]: ProgressTone['frequencies']) =>
  Math.abs(low - first) <= FREQUENCY_TOLERANCE_HZ && Math.abs(high - second) <= FREQUENCY_TOLERANCE_HZ

/** Mean distance of the times from the nearest that is allowed, or undefined when too many fit none. */
function miss(times: readonly number[], allowed: readonly number[]): number | undefined {
  let fitting = 0
  let sum = 0
  for (const time of times) {
    const distances = allowed.map((ms) => ({ ms, distance: Math.abs(time - ms) }))
    const nearest = distances.reduce((a, b) => (b.distance < a.distance ? b : a))
    if (nearest.distance > CADENCE_TOLERANCE_MS + CADENCE_TOLERANCE * nearest.ms) continue
    fitting++
    sum += nearest.distance
  }
  return fitting >= MOST * times.length ? sum / fitting : undefined
}
