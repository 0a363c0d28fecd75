const LOBES = 16

/**
 * Brings PCM to another sample rate by a windowed sinc (Blackman, 16 zero crossings a side), low-passed at the lower
 * of the two Nyquist frequencies. Made for clips, which are converted once, not for live audio.
 */
export function resample(pcm: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return pcm
  const length = Math.round((pcm.length * to) / from)
  const cutoff = Math.min(1, to / from)
  const reach = Math.ceil(LOBES / cutoff)
  const out = new Int16Array(length)
  for (let i = 0; i < length; i++) {
    const centre = (i * from) / to
    const first = Math.max(0, Math.ceil(centre - reach))
    const last = Math.min(pcm.length - 1, Math.floor(centre + reach))
    let sum = 0
    for (let j = first; j <= last; j++)
      sum += (pcm[j] ?? 0) * cutoff * sinc((centre - j) * cutoff) * blackman((centre - j) / reach)
    out[i] = Math.max(-32_768, Math.min(32_767, Math.round(sum)))
  }
  return out
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** The Blackman window from −1 to 1. */
const blackman = (x: number) => 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x)
