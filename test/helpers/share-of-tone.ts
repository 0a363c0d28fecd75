import { muLaw } from '../../src/media/codec/g711.ts'

/** How much of the power of µ-law sound is at this frequency: 0 to 1 (Goertzel). */
export function shareOfTone(ulaw: Buffer, hz: number, sampleRate = 8000): number {
  const pcm = new Int16Array(ulaw.length)
  muLaw.decode(ulaw, pcm)
  let [real, imaginary, power] = [0, 0, 0]
  for (const [index, sample] of pcm.entries()) {
    const angle = (2 * Math.PI * hz * index) / sampleRate
    real += sample * Math.cos(angle)
    imaginary += sample * Math.sin(angle)
    power += sample * sample
  }
  return power === 0 ? 0 : (2 * (real * real + imaginary * imaginary)) / (pcm.length * power)
}
