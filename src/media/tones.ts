import { saturate } from './codec/saturate.ts'

/** A signalling tone or a beep. */
export interface Tone {
  /** Sounded together, in Hz: one for a beep, two or more for a dual tone. */
  readonly frequencies: readonly number[]
  /** Whole length, pauses included. */
  readonly durationMs: number
  /** Power of all frequencies together (0 dBm0 is 3.14 dB below the loudest sine of G.711 A-law); default −13. */
  readonly levelDbm0?: number
  /** On and off times in ms, repeated (ITU-T E.180); absent: continuous. */
  readonly cadence?: readonly number[]
}

const OVERLOAD_DBM0 = 3.14
/** Each burst fades in and out over this, so that it does not click. */
const RAMP_MS = 4

/** The beep before a message: 1 kHz, 300 ms. */
export const beep: Tone = { frequencies: [1000], durationMs: 300, levelDbm0: -10 }

/** 16-bit mono PCM of a tone at `sampleRate`. */
export function synthesize(tone: Tone, sampleRate = 8000): Int16Array {
  const perMs = sampleRate / 1000
  const level = (tone.levelDbm0 ?? -13) - 10 * Math.log10(tone.frequencies.length)
  const amplitude = 32_767 * 10 ** ((level - OVERLOAD_DBM0) / 20)
  const pcm = new Int16Array(Math.round(tone.durationMs * perMs))
  for (const burst of burstsOf(tone)) {
    const end = Math.min(burst.to * perMs, pcm.length)
    for (let i = Math.ceil(burst.from * perMs); i < end; i++) {
      let sum = 0
      for (const frequency of tone.frequencies) sum += Math.sin((2 * Math.PI * frequency * i) / sampleRate)
      pcm[i] = saturate(Math.round(amplitude * loudness(burst, i / perMs) * sum))
    }
  }
  return pcm
}

/** When it sounds, in ms. */
interface Burst {
  readonly from: number
  readonly to: number
}

function burstsOf({ cadence, durationMs }: Tone): readonly Burst[] {
  if (!cadence?.length) return [{ from: 0, to: durationMs }]
  const bursts: Burst[] = []
  let from = 0
  for (let part = 0; from < durationMs; part++) {
    const to = from + (cadence[part % cadence.length] ?? 0)
    if ((part % cadence.length) % 2 === 0) bursts.push({ from, to: Math.min(to, durationMs) })
    from = to
  }
  return bursts
}

/** From 0 to 1 at an instant of a burst, with the ramps at its ends. */
const loudness = ({ from, to }: Burst, atMs: number): number =>
  Math.min(1, Math.min(atMs - from, to - atMs) / RAMP_MS)
