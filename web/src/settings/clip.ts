/** A piece of sound, mono, between -1 and 1. */
export interface Clip {
  readonly samples: Float32Array
  /** Samples in a second. */
  readonly rate: number
}

/** What is kept of a clip, in seconds from its beginning. */
export interface Trim {
  readonly from: number
  readonly to: number
}

export const clipSeconds = ({ samples, rate }: Clip): number => samples.length / rate

/** Below this nobody speaks: -40 dB of full scale. */
const QUIET = 0.01
/** Kept before the first sound and after the last, so that no breath and no consonant is cut. */
const MARGIN_SECONDS = 0.25

/** Leaves out the silence before and after; all of a clip that is nothing but silence. */
export function trimSilence(clip: Clip): Trim {
  const { samples, rate } = clip
  const isLoud = (sample: number) => Math.abs(sample) > QUIET
  const first = samples.findIndex(isLoud)
  if (first === -1) return { from: 0, to: clipSeconds(clip) }
  const last = samples.findLastIndex(isLoud)
  return {
    from: Math.max(0, first / rate - MARGIN_SECONDS),
    to: Math.min(clipSeconds(clip), last / rate + MARGIN_SECONDS),
  }
}

export function cut({ samples, rate }: Clip, { from, to }: Trim): Clip {
  return { rate, samples: samples.subarray(Math.round(from * rate), Math.round(to * rate)) }
}

/** How far a sound has to be from silence for a caller to hear it well: -26 dB. */
const SOFT = 0.05
export const isTooSoft = ({ samples }: Clip): boolean => !samples.some((sample) => Math.abs(sample) > SOFT)
