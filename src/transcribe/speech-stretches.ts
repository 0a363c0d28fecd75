/** When somebody spoke, in ms from the beginning. */
export interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

const FRAME_MS = 20
/** About −42 dB below full scale: a voice on the telephone is above it, its noise is not. */
const LOUD_RMS = 260
/** A shorter pause lies within a sentence. */
const SHORTEST_PAUSE_MS = 300
/** An hour of talk has not more. */
const MOST_STRETCHES = 5000

/** Where in a sound somebody speaks, by its loudness alone: good enough to say where a sentence stands, and where to cut. */
export class SpeechStretches {
  readonly #frame: number
  #samples = 0
  #sum = 0
  #inFrame = 0
  readonly #stretches: { startMs: number; endMs: number }[] = []

  constructor(sampleRate: number) {
    this.#frame = (sampleRate * FRAME_MS) / 1000
  }

  get all(): readonly Stretch[] {
    return this.#stretches
  }

  /** How much has been heard. */
  get heardMs(): number {
    return (this.#samples / this.#frame) * FRAME_MS
  }

  /** How long nobody has spoken. */
  get silentMs(): number {
    return this.heardMs - (this.#stretches.at(-1)?.endMs ?? 0)
  }

  hear(pcm: Int16Array): void {
    for (const sample of pcm) {
      this.#sum += sample * sample
      this.#samples++
      if (++this.#inFrame < this.#frame) continue
      if (this.#sum > LOUD_RMS * LOUD_RMS * this.#frame) this.#spoken(this.heardMs)
      this.#inFrame = 0
      this.#sum = 0
    }
  }

  #spoken(endMs: number): void {
    const last = this.#stretches.at(-1)
    const startMs = endMs - FRAME_MS
    if (last && (startMs - last.endMs < SHORTEST_PAUSE_MS || this.#stretches.length >= MOST_STRETCHES))
      last.endMs = endMs
    else this.#stretches.push({ startMs, endMs })
  }
}
