import type { Clock } from '../../shared/clock.ts'
import { saturate } from '../codec/saturate.ts'

/** Zero crossings of the sinc on each side: more is a steeper filter and more work. */
const LOBES = 16
/** The pass band, as a part of the lower Nyquist frequency; the rest is where the filter falls. */
const PASS = 0.95
/** Output samples that are made before others get the thread: some 5 ms of work. */
const PORTION = 8000

/**
 * Brings PCM from one sample rate to another: a windowed sinc (Blackman) as a polyphase filter, so that each output
 * sample costs its taps and no sine. Whole clips; what comes live is brought by LiveResampler with the same filter.
 */
export function resample(pcm: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return pcm.slice()
  const resampler = createResampler(from, to)
  const out = new Int16Array(Math.round((pcm.length * to) / from))
  resampler(pcm, out, 0, out.length)
  return out
}

/**
 * As `resample`, in portions with a turn of the event loop between them: a greeting of five minutes takes half a second,
 * and calls must not wait for it.
 */
export async function resampleInPortions(
  pcm: Int16Array,
  from: number,
  to: number,
  clock: Clock,
): Promise<Int16Array> {
  if (from === to) return pcm.slice()
  const resampler = createResampler(from, to)
  const out = new Int16Array(Math.round((pcm.length * to) / from))
  for (let at = 0; at < out.length; at += PORTION) {
    if (at > 0) await new Promise<void>((resume) => clock.setTimer(0, resume))
    resampler(pcm, out, at, Math.min(at + PORTION, out.length))
  }
  return out
}

/** Fills `out` from index `first` to `end`. */
function createResampler(from: number, to: number) {
  const { up, down, reach, width, taps } = filterFor(from, to)

  return (pcm: Int16Array, out: Int16Array, first: number, end: number): void => {
    for (let i = first; i < end; i++) {
      const position = i * down
      const whole = Math.floor(position / up)
      const row = (position % up) * width
      const start = whole - reach + 1
      let sum = 0
      for (let tap = 0; tap < width; tap++) sum += (taps[row + tap] ?? 0) * (pcm[start + tap] ?? 0)
      out[i] = saturate(Math.round(sum))
    }
  }
}

/** The filter between two rates: `up` rows of `width` taps, of which each output sample takes the one `down` further. */
export function filterFor(from: number, to: number) {
  const step = gcd(from, to)
  const up = to / step
  const down = from / step
  const cutoff = Math.min(1, to / from) * PASS
  const reach = Math.ceil(LOBES / cutoff)
  return { up, down, reach, width: 2 * reach, taps: polyphase(up, reach, cutoff) }
}

/** One row of taps for each of the `up` places that an output sample can have between two input samples. */
function polyphase(up: number, reach: number, cutoff: number): Float64Array {
  const width = 2 * reach
  const taps = new Float64Array(up * width)
  for (let phase = 0; phase < up; phase++) {
    let sum = 0
    for (let tap = 0; tap < width; tap++) {
      const x = phase / up + reach - 1 - tap
      const value = sinc(x * cutoff) * blackman(x / reach)
      taps[phase * width + tap] = value
      sum += value
    }
    // Each phase passes a constant unchanged, or the rows would differ in gain and hum.
    for (let tap = 0; tap < width; tap++) {
      const index = phase * width + tap
      taps[index] = (taps[index] ?? 0) / sum
    }
  }
  return taps
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** The Blackman window from −1 to 1. */
const blackman = (x: number) => 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x)

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
