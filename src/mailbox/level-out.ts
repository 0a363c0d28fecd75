/** Speech on the telephone is at its best around −20 dBov (ITU-T P.56 active level, G.100.1). */
const TARGET_RMS = 32_768 * 10 ** (-20 / 20)
/** Headroom: peaks stay 1 dB below full scale. */
const HIGHEST_PEAK = 32_768 * 10 ** (-1 / 20)
/** More gain than this would lift noise, not speech. */
const MOST_GAIN = 10 ** (20 / 20)
/** A block counts as speech when it is louder than this part of the loudest one (−26 dB). */
const ACTIVE = 10 ** (-26 / 10)
const BLOCK = 320

/** Brings a greeting to the usual level of speech, measured over its loud blocks, without clipping. */
export function levelOut(pcm: Int16Array): Int16Array {
  const energies: number[] = []
  let peak = 0
  for (let at = 0; at < pcm.length; at += BLOCK) {
    let energy = 0
    const end = Math.min(at + BLOCK, pcm.length)
    for (let i = at; i < end; i++) {
      const sample = pcm[i] ?? 0
      energy += sample * sample
      peak = Math.max(peak, Math.abs(sample))
    }
    energies.push(energy / (end - at))
  }
  if (peak === 0) return pcm
  const loudest = energies.reduce((most, energy) => Math.max(most, energy), 0)
  const active = energies.filter((energy) => energy >= loudest * ACTIVE)
  const rms = Math.sqrt(active.reduce((sum, energy) => sum + energy, 0) / active.length)
  const gain = Math.min(TARGET_RMS / rms, HIGHEST_PEAK / peak, MOST_GAIN)
  return pcm.map((sample) => Math.round(sample * gain))
}
