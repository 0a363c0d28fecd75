import { beep } from '../../media/tones.ts'

/** Tells from 20 ms frames of PCM when the machine's beep is over. */
export type HearBeep = (frame: Int16Array) => 'beep-over' | undefined

const RATE = 8000
/** Frames in a row that must be the tone: speech holds no pitch that pure for so long. */
const LEAST_FRAMES = 6
/** Part of a frame's energy that must be at the beep's frequency. */
const PURITY = 0.8
const LEAST_POWER = 300 ** 2

/** Listens for the beep by Goertzel's filter at its frequency, frame by frame. */
export function createBeepEar(): HearBeep {
  const coefficient = 2 * Math.cos((2 * Math.PI * (beep.frequencies[0] ?? 1000)) / RATE)
  let frames = 0

  return (frame) => {
    let energy = 0
    let before = 0
    let last = 0
    for (const sample of frame) {
      energy += sample * sample
      const next = sample + coefficient * last - before
      before = last
      last = next
    }
    const tonal = (2 * (last * last + before * before - coefficient * last * before)) / frame.length
    const isTone = energy / frame.length > LEAST_POWER && tonal > PURITY * energy
    if (isTone) {
      frames++
      return undefined
    }
    const over = frames >= LEAST_FRAMES
    frames = 0
    return over ? 'beep-over' : undefined
  }
}
