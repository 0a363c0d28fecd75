/** Of one tone, to be known by: half of the shortest that the tiny voice makes. */
const WINDOW_MS = 50
const QUIETEST = 500
/** Crossings of zero are counted in so short a time: a tone is as exact as that. */
const TOLERANCE_HZ = 25

/**
 * The tones that follow each other in a sound, in Hz to the next 50, by how often it crosses zero. One that lasts is told once, a moment in which two
 * meet is passed over, and so is silence.
 */
export function pitchesIn(samples: Int16Array, sampleRate: number): number[] {
  const window = (WINDOW_MS * sampleRate) / 1000
  const pitches: number[] = []
  let before: number | undefined
  for (let at = 0; at + window <= samples.length; at += window) {
    const part = samples.subarray(at, at + window)
    const pitch = part.some((sample) => Math.abs(sample) > QUIETEST) ? pitchOf(part, sampleRate) : undefined
    // It counts when two windows, one after the other, have it.
    if (pitch !== undefined && pitch === before && pitch !== pitches.at(-1)) pitches.push(pitch)
    before = pitch
  }
  return pitches
}

function pitchOf(part: Int16Array, sampleRate: number): number {
  const rising: number[] = []
  for (let at = 1; at < part.length; at++) {
    const [low = 0, high = 0] = [part[at - 1], part[at]]
    if (low < 0 && high >= 0) rising.push(at - high / (high - low))
  }
  const [first = 0] = rising
  const last = rising.at(-1) ?? 0
  const hz = ((rising.length - 1) * sampleRate) / (last - first)
  return Math.round(hz / (2 * TOLERANCE_HZ)) * 2 * TOLERANCE_HZ
}
