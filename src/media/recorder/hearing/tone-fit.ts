/** A frame that is one or two steady sines. */
export interface Sines {
  readonly low: number
  /** Equal to `low` when there is one sine only. */
  readonly high: number
}

/**
 * Sums over a frame x of equally spaced samples, for u = x[n] + x[n−4], v = x[n−1] + x[n−3], w = x[n−2]; `step` is the
 * sum of squared differences between each x and the sample 1/8000 s after it.
 */
export interface FrameSums {
  uu: number
  uv: number
  uw: number
  vv: number
  vw: number
  ww: number
  /** Energy of the samples. */
  xx: number
  step: number
}

/** Noise power (as a part of the frame's) up to which a frame still counts as pure: −14 dB. */
const IMPURE = 0.04
/** Up to here one sine is one sine, −20 dB; the best fit of two would only describe its quantization. */
const PURE = 0.01
/** A second sine must leave less than this part of what the first leaves, or it is noise. */
const SECOND_SINE = 0.25

const LOWEST_HZ = 300
const HIGHEST_HZ = 700
const FULL_RATE = 8000

/**
 * Tells whether a frame is one or two pure sines between 300 and 700 Hz, and which, without a grid of frequencies:
 * a sine obeys v = 2cos(ω)·w, and two obey u = a·v + b·w with cosines that are the roots of c² − ac − (b + 2) = 0.
 * Speech, music and noise don't: what is left over, related to white noise of the same power, tells.
 *
 * @param rate of the frame's samples, Hz
 */
export function fitSines(sums: FrameSums, rate: number): Sines | undefined {
  const { uu, uv, uw, vv, vw, ww } = sums
  if (ww <= 0) return undefined
  const c = vw / ww
  const besideOne = (vv - c * vw) / ((2 + c * c) * ww)
  if (besideOne < PURE) return inBand(c, c, sums, rate)
  const determinant = vv * ww - vw * vw
  const a = (uv * ww - uw * vw) / determinant
  const b = (uw * vv - uv * vw) / determinant
  const besideTwo = (uu - a * uv - b * uw) / ((2 + 2 * a * a + b * b) * ww)
  if (besideOne < IMPURE && besideTwo > SECOND_SINE * besideOne) return inBand(c, c, sums, rate)
  if (besideTwo > IMPURE) return undefined
  const root = Math.sqrt(a * a + 4 * (b + 2))
  return inBand((a + root) / 2, (a - root) / 2, sums, rate)
}

/** A frame that is one pure sine, of whatever frequency. */
export interface PureSine {
  /** Its frequency as it looks in samples so far apart, Hz, up to half their rate. */
  readonly foldedHz: number
  /** How much it changes between samples at 8 kHz (see `stepOf`): which of those that look alike it is, on average over frames. */
  readonly step: number
}

/** @param rate of the frame's samples, Hz */
export function fitPureSine({ vv, vw, ww, xx, step }: FrameSums, rate: number): PureSine | undefined {
  if (ww <= 0) return undefined
  const c = vw / ww
  if ((vv - c * vw) / ((2 + c * c) * ww) > IMPURE) return undefined
  return { foldedHz: (Math.acos(c / 2) * rate) / (2 * Math.PI), step: step / xx }
}

/** @param larger and smaller: 2cos(ω) of the two sines */
function inBand(larger: number, smaller: number, { xx, step }: FrameSums, rate: number): Sines | undefined {
  const low = (Math.acos(larger / 2) * rate) / (2 * Math.PI)
  const high = (Math.acos(smaller / 2) * rate) / (2 * Math.PI)
  // Written so that NaN (no cosine) is out of band, too.
  if (!(low >= LOWEST_HZ && high <= HIGHEST_HZ)) return undefined
  // A sine above rate/2 folds into the band; between neighbouring samples it changes much more than one that belongs there.
  return step < 2 * stepOf(high) * xx ? { low, high } : undefined
}

/** Squared difference of neighbouring samples at 8 kHz, related to the energy, of a sine. */
export const stepOf = (hz: number) => 2 - 2 * Math.cos((2 * Math.PI * hz) / FULL_RATE)
