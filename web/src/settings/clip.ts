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

const HEADER_BYTES = 44

/** A WAV file of 16-bit mono PCM (RIFF, little endian). */
export function encodeWav({ samples, rate }: Clip): ArrayBuffer {
  const file = new ArrayBuffer(HEADER_BYTES + samples.length * 2)
  const view = new DataView(file)
  const text = (at: number, name: string) => {
    for (let place = 0; place < name.length; place++) view.setUint8(at + place, name.charCodeAt(place))
  }
  text(0, 'RIFF')
  view.setUint32(4, file.byteLength - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, place) => {
    view.setInt16(HEADER_BYTES + place * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true)
  })
  return file
}

/** Lamps of the meter that light for a peak between 0 and 1: one for every 4 dB above -48. */
export const LAMPS = 12
export function lampsFor(peak: number): number {
  const db = 20 * Math.log10(Math.max(peak, 1e-6))
  return Math.max(0, Math.min(LAMPS, Math.ceil((db + 48) / 4)))
}
