import { amplitude, COLUMNS, keyAt, ROWS } from './dtmf.ts'

/** Judged twice as often as a window is long: 6.4 ms. */
const STEP = 51
const WINDOW = 2 * STEP
const SAMPLES_PER_MS = 8

/** ITU-T Q.24: what some networks let through is as soft as -29 dBm0 for each tone; softer ones are other people's. */
const LEAST_POWER = (amplitude(-33) * (WINDOW / 2)) ** 2
/** Half a window softer than this holds no key, and costs nothing. */
const LEAST_ENERGY = (amplitude(-33) ** 2 * STEP) / 4
/**
 * ITU-T Q.24, twist: lines weaken the column's tone by up to 8 dB, telephones strengthen it. As ratios of power, 9.5 dB and
 * 6 dB: in so short a window the stronger tone takes from the weaker.
 */
const ROW_OVER_COLUMN = 10 ** 0.95
const COLUMN_OVER_ROW = 10 ** 0.6
/** A tone stands out of the others of its group by 6.5 dB. */
const OUT_OF_GROUP = 10 ** 0.65
/** The part of all sound that the two tones are: speech is always something else as well (talk-off). */
const PURE = 0.74
/** Windows in a row that make a press: 32 ms. Q.24 wants 40 ms to be heard, and 20 not to be. */
const LEAST_RUN = 4
/** Windows without it that end a press: a gap of 10 ms is none (Q.24), one of 40 ms is. */
const LONGEST_GAP = 5

const FREQUENCIES = [...ROWS, ...COLUMNS]
const ANGLES = FREQUENCIES.map((hertz) => (2 * Math.PI * hertz) / (SAMPLES_PER_MS * 1000))
const COSINES = Float64Array.from(ANGLES, Math.cos)
const SINES = Float64Array.from(ANGLES, Math.sin)
/** How far each frequency turns within half a window. */
const TURN_RE = Float64Array.from(ANGLES, (angle) => Math.cos(angle * STEP))
const TURN_IM = Float64Array.from(ANGLES, (angle) => Math.sin(angle * STEP))

/** Half a window: its energy, and how much of each frequency it holds, as complex numbers. */
interface Half {
  energy: number
  readonly re: Float64Array
  readonly im: Float64Array
}

const emptyHalf = (): Half => ({
  energy: 0,
  re: new Float64Array(FREQUENCIES.length),
  im: new Float64Array(FREQUENCIES.length),
})

/** A key was pressed; told when it was let go. */
export interface KeyPressed {
  /** RFC 4733 §3.2. */
  readonly code: number
  readonly durationMs: number
}

/**
 * Hears the tones of keys (ITU-T Q.23) in a sound of 8 kHz, by Goertzel's algorithm, as Q.24 wants it: 40 ms and more are
 * heard, with all that telephone lines do to tones; speech is not.
 */
export class KeyTones {
  readonly #samples = new Int16Array(STEP)
  #filled = 0
  #before = emptyHalf()
  #now = emptyHalf()
  readonly #power = new Float64Array(FREQUENCIES.length)
  /** The key of the last window, or -1, and how many in a row had it. */
  #key = -1
  #run = 0
  #pressed = -1
  #windows = 0
  #missed = 0

  /** A press goes on: its end is still to come. */
  get isPressed(): boolean {
    return this.#pressed >= 0
  }

  /** Takes what follows; tells each press at its end. */
  hear(pcm: Int16Array, onPressed: (press: KeyPressed) => void): void {
    let at = 0
    while (at < pcm.length) {
      const taken = Math.min(STEP - this.#filled, pcm.length - at)
      this.#samples.set(pcm.subarray(at, at + taken), this.#filled)
      this.#filled += taken
      at += taken
      if (this.#filled < STEP) return
      this.#filled = 0
      this.#step(this.#judge(), onPressed)
    }
  }

  /** Nothing more comes: a press is over. */
  end(onPressed: (press: KeyPressed) => void): void {
    if (this.isPressed) this.#tell(onPressed)
    this.#key = -1
    this.#run = 0
    this.#before.energy = 0
  }

  #step(key: number, onPressed: (press: KeyPressed) => void): void {
    this.#run = key === this.#key ? this.#run + 1 : 1
    this.#key = key
    if (this.isPressed) {
      this.#missed = key === this.#pressed ? 0 : this.#missed + 1
      this.#windows++
      if (this.#missed === LONGEST_GAP) this.#tell(onPressed)
    }
    if (this.isPressed || key < 0 || this.#run < LEAST_RUN) return
    this.#pressed = key
    this.#windows = this.#run
    this.#missed = 0
  }

  #tell(onPressed: (press: KeyPressed) => void): void {
    const samples = (this.#windows - this.#missed + 1) * STEP
    onPressed({ code: this.#pressed, durationMs: Math.round(samples / SAMPLES_PER_MS) })
    this.#pressed = -1
  }

  /** The key that is in the last two halves, or -1. */
  #judge(): number {
    const before = this.#now
    const now = this.#before
    this.#before = before
    this.#now = now
    weigh(this.#samples, now)
    if (before.energy < LEAST_ENERGY || now.energy < LEAST_ENERGY) return -1
    const power = this.#power
    for (let i = 0; i < power.length; i++) power[i] = powerOf(before, now, i)
    const row = loudest(power, 0, ROWS.length)
    const column = loudest(power, ROWS.length, power.length)
    if (row < 0 || column < 0) return -1
    const [low = 0, high = 0] = [power[row], power[column]]
    const isKey =
      Math.min(low, high) >= LEAST_POWER &&
      low <= high * ROW_OVER_COLUMN &&
      high <= low * COLUMN_OVER_ROW &&
      // A sine that fills the window has half its length times its energy as power.
      low + high >= PURE * (WINDOW / 2) * (before.energy + now.energy)
    return isKey ? keyAt(row, column - ROWS.length) : -1
  }
}

/** Fills `half` with what is in the samples. */
function weigh(samples: Int16Array, half: Half): void {
  let energy = 0
  for (let i = 0; i < samples.length; i++) energy += (samples[i] ?? 0) ** 2
  half.energy = energy
  if (energy < LEAST_ENERGY) return
  for (let f = 0; f < FREQUENCIES.length; f++) {
    const cosine = COSINES[f] ?? 0
    let one = 0
    let two = 0
    for (let i = 0; i < samples.length; i++) {
      const next = (samples[i] ?? 0) + 2 * cosine * one - two
      two = one
      one = next
    }
    half.re[f] = one - cosine * two
    half.im[f] = (SINES[f] ?? 0) * two
  }
}

/** The first half turned on by its length, and the second. */
function powerOf(before: Half, now: Half, f: number): number {
  const [re = 0, im = 0] = [before.re[f], before.im[f]]
  const [cosine = 0, sine = 0] = [TURN_RE[f], TURN_IM[f]]
  return (re * cosine - im * sine + (now.re[f] ?? 0)) ** 2 + (re * sine + im * cosine + (now.im[f] ?? 0)) ** 2
}

/** The index of what stands out of its group, or -1. */
function loudest(power: Float64Array, from: number, to: number): number {
  let best = from
  for (let i = from + 1; i < to; i++) if ((power[i] ?? 0) > (power[best] ?? 0)) best = i
  for (let i = from; i < to; i++)
    if (i !== best && (power[i] ?? 0) * OUT_OF_GROUP > (power[best] ?? 0)) return -1
  return best
}
