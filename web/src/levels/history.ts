/** Below this a caller counts as silent: line noise, breath. -40 dB of full scale. */
const QUIETEST = 0.01
/** As long as this a pause belongs to the speech, in levels of 100 ms. */
const PAUSE = 15

/** The last levels of a caller, the newest last; at most so many. Pure. */
export function withPeak(peaks: readonly number[], peak: number, most: number): readonly number[] {
  return [...peaks, peak].slice(-most)
}

/** Whether the caller speaks, or has spoken but a moment ago. */
export const speaks = (peaks: readonly number[]): boolean =>
  peaks.slice(-PAUSE).some((peak) => peak > QUIETEST)

/**
 * What stands for a level on paper, from 0 to 1: the loudest of speech on telephones lies some 6 dB below full scale, and
 * an outline that keeps to the lower half looks asleep.
 */
export const shownPeak = (peak: number): number => Math.min(1, peak * 1.6)
