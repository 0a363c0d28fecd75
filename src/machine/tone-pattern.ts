import { synthesize } from '../media/tones.ts'

/**
 * Beeps and pauses that nothing else sounds like, by which a machine knows its own sound again: judged by how loud it is
 * alone, ten times a second, so that codecs, echo cancellers and whatever a network does to a tone's shape don't matter.
 */
const UNIT_MS = 200
const UNITS = [...'101100011010010011101000']
export const PATTERN_MS = UNITS.length * UNIT_MS
/** How far apart levels are told. */
export const LEVEL_MS = 100
const RATE = 8000
const TONE = { frequencies: [700, 1100], levelDbm0: -12 }

/** The longest way there and back that is still a call. */
const MOST_DELAY_MS = 3000
/** How finely the delay is looked for. */
const STEP_MS = 20
/** So much of a tone makes 100 ms loud, wherever in it. */
const AUDIBLE_MS = 20
/** What is measured may be told a moment sooner than it was said to be sent. */
const EARLY_MS = 40
/** Correlations that say the same. */
const SAME = 0.01
/** Correlation from which it is ours; what is no echo of it stays below. */
const ALIKE = 0.8
/** Below it is comfort noise. */
const SILENCE = 0.005

/** The pattern as 16-bit mono PCM at 8 kHz. */
export function patternSound(): Int16Array {
  const on = synthesize({ ...TONE, durationMs: UNIT_MS }, RATE)
  const pcm = new Int16Array(on.length * UNITS.length)
  for (const [unit, bit] of UNITS.entries()) if (bit === '1') pcm.set(on, unit * on.length)
  return pcm
}

/** How loud it was, from 0 to 1, in the 100 ms before `at`. */
export interface Level {
  readonly at: number
  readonly peak: number
}

export type Heard =
  | { readonly kind: 'silence' }
  /** Something else. */
  | { readonly kind: 'foreign' }
  /** The pattern came back, so long after it was sent. */
  | { readonly kind: 'echo'; readonly delayMs: number }

/** What was heard of the pattern, which was sent at these instants. Pure. */
export function judgeHeard(sentAt: readonly number[], levels: readonly Level[]): Heard {
  if (levels.every(({ peak }) => peak < SILENCE)) return { kind: 'silence' }
  let best = { likeness: 0, from: 0, to: 0 }
  for (const start of sentAt)
    for (let delayMs = -EARLY_MS; delayMs <= MOST_DELAY_MS; delayMs += STEP_MS) {
      const likeness = likenessAt(start + delayMs, levels)
      if (likeness > best.likeness + SAME) best = { likeness, from: delayMs, to: delayMs }
      // What is measured ten times a second fits as well a little later: the truth is in the middle.
      else if (likeness > best.likeness - SAME && delayMs === best.to + STEP_MS) best.to = delayMs
    }
  if (best.likeness < ALIKE) return { kind: 'foreign' }
  return { kind: 'echo', delayMs: Math.max(0, Math.round((best.from + best.to) / 2)) }
}

/** How much what was heard from `start` on rises and falls as the pattern does: Pearson's coefficient. */
function likenessAt(start: number, levels: readonly Level[]): number {
  const loud: number[] = []
  const sent: number[] = []
  for (const { at, peak } of levels) {
    if (at <= start || at > start + PATTERN_MS) continue
    const sounds = soundsWithin(at - LEVEL_MS - start, at - start)
    if (sounds === undefined) continue
    loud.push(Math.sqrt(peak))
    sent.push(sounds)
  }
  if (loud.length < PATTERN_MS / UNIT_MS) return 0
  const [meanLoud, meanSent] = [mean(loud), mean(sent)]
  let [together, ofLoud, ofSent] = [0, 0, 0]
  for (const [index, value] of loud.entries()) {
    const [one, other] = [value - meanLoud, (sent[index] ?? 0) - meanSent]
    together += one * other
    ofLoud += one * one
    ofSent += other * other
  }
  return ofLoud * ofSent === 0 ? 0 : together / Math.sqrt(ofLoud * ofSent)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** 1 where the pattern is heard between these ms of it, 0 where it is not; undefined so near to an edge that neither is sure. */
function soundsWithin(from: number, to: number): 0 | 1 | undefined {
  let isNear = false
  for (const unit of UNITS.keys()) {
    if (UNITS[unit] !== '1') continue
    const overlap = Math.min(to, (unit + 1) * UNIT_MS) - Math.max(from, unit * UNIT_MS)
    if (overlap > AUDIBLE_MS) return 1
    if (overlap > -AUDIBLE_MS) isNear = true
  }
  return isNear ? undefined : 0
}
