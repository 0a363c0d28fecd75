import { describe, expect, it } from 'vitest'
import { beep, synthesize } from './tones.ts'

/** Power of one frequency in dBm0, by its Fourier coefficient. */
function level(pcm: Int16Array, frequency: number, sampleRate = 8000): number {
  let [re, im] = [0, 0]
  for (const [i, sample] of pcm.entries()) {
    re += sample * Math.cos((2 * Math.PI * frequency * i) / sampleRate)
    im += sample * Math.sin((2 * Math.PI * frequency * i) / sampleRate)
  }
  const amplitude = (2 * Math.hypot(re, im)) / pcm.length
  return 20 * Math.log10(amplitude / 32_767) + 3.14
}

describe('tones', () => {
  it('have their length, frequency and level', () => {
    const pcm = synthesize({ frequencies: [425], durationMs: 1000, levelDbm0: -13 })
    expect(pcm.length).toBe(8000)
    expect(level(pcm, 425)).toBeCloseTo(-13, 0)
    expect(level(pcm, 850)).toBeLessThan(-50)
  })

  it('share their level among their frequencies', () => {
    const pcm = synthesize({ frequencies: [350, 440], durationMs: 1000, levelDbm0: -10 })
    expect(level(pcm, 350)).toBeCloseTo(-13, 0)
    expect(level(pcm, 440)).toBeCloseTo(-13, 0)
  })

  it('follow a cadence (ITU-T E.180)', () => {
    const pcm = synthesize({ frequencies: [425], durationMs: 2000, cadence: [500, 500] })
    const loud = (fromMs: number, toMs: number) => pcm.subarray(fromMs * 8, toMs * 8).some((s) => s !== 0)
    expect([loud(100, 400), loud(501, 999), loud(1100, 1400), loud(1501, 2000)]).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  it('do not click: they fade in and out', () => {
    const pcm = synthesize(beep)
    expect(Math.max(...pcm.subarray(0, 8).map(Math.abs))).toBeLessThan(3000)
    expect(Math.max(...pcm.subarray(-8).map(Math.abs))).toBeLessThan(3000)
    expect(Math.max(...pcm.map(Math.abs))).toBeGreaterThan(6000)
  })
})
