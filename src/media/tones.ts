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
  for (let i = 0; i < pcm.length; i++) {
    const gain = loudness(tone, i / perMs)
    if (gain === 0) continue
    let sum = 0
    for (const frequency of tone.frequencies) sum += Math.sin((2 * Math.PI * frequency * i) / sampleRate)
    pcm[i] = saturate(Math.round(amplitude * gain * sum))
  }
  return pcm
}

/** From 0 (off) to 1 at an instant of the tone, with the ramps at a burst's ends. */
function loudness({ cadence, durationMs }: Tone, atMs: number): number {
  const burst = cadence ? burstAt(cadence, atMs) : { from: 0, to: durationMs }
  if (!burst) return 0
  const edge = Math.min(atMs - burst.from, Math.min(burst.to, durationMs) - atMs)
  return Math.min(1, edge / RAMP_MS)
}

function burstAt(cadence: readonly number[], atMs: number): { from: number; to: number } | undefined {
  const period = cadence.reduce((sum, ms) => sum + ms, 0)
  let from = Math.floor(atMs / period) * period
  for (const [index, ms] of cadence.entries()) {
    if (atMs < from + ms) return index % 2 === 0 ? { from, to: from + ms } : undefined
    from += ms
  }
  return undefined
}
