/** Lamps of the meter that light for a peak between 0 and 1: one for every 4 dB above -48. */
export const LAMPS = 12
export function lampsFor(peak: number): number {
  const db = 20 * Math.log10(Math.max(peak, 1e-6))
  return Math.max(0, Math.min(LAMPS, Math.ceil((db + 48) / 4)))
}
