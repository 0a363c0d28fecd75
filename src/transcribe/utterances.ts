import { SpeechStretches } from './speech-stretches.ts'

/** A piece of sound to be heard as a whole. */
export interface Utterance {
  /** Numbers the sentence; what grows keeps its number. */
  readonly number: number
  readonly startMs: number
  readonly pcm: Int16Array
  /** The speaker has paused after it: it is as long as it gets. */
  readonly isWhole: boolean
}

/** A pause after which a sentence is taken to be over. */
const PAUSE_MS = 500
/** So much of the silence before a word belongs to it. */
const LEAD_MS = 200
/** Who speaks without a pause is cut off. */
const LONGEST_MS = 15_000

/**
 * Cuts sound into sentences at the pauses, as it comes; while one is spoken, what there is of it is given now and then. What
 * lies between is left out.
 */
export class Utterances {
  readonly #sampleRate: number
  readonly #growthMs: number
  readonly #speech: SpeechStretches
  #number = 0
  #pieces: Int16Array[] = []
  #samples = 0
  /** Place of the first sample that is kept. */
  #from = 0
  #givenMs = 0

  /** @param growthMs by so much a sentence grows before it is given anew */
  constructor(sampleRate: number, growthMs: number) {
    this.#sampleRate = sampleRate
    this.#growthMs = growthMs
    this.#speech = new SpeechStretches(sampleRate)
  }

  /** @returns what is to be posted now */
  hear(pcm: Int16Array): Utterance | undefined {
    this.#speech.hear(pcm)
    this.#pieces.push(pcm)
    this.#samples += pcm.length
    const last = this.#speech.all.at(-1)
    const lengthMs = this.#ms(this.#samples)
    if (!last || last.endMs <= this.#fromMs) {
      this.#keepLast(LEAD_MS)
      return undefined
    }
    if (this.#speech.silentMs >= PAUSE_MS || lengthMs >= LONGEST_MS) return this.#cut()
    if (lengthMs - this.#givenMs < this.#growthMs) return undefined
    this.#givenMs = lengthMs
    return this.#utterance(false)
  }

  /** What is left at the end. */
  finish(): Utterance | undefined {
    const last = this.#speech.all.at(-1)
    return last && last.endMs > this.#fromMs ? this.#cut() : undefined
  }

  get #fromMs(): number {
    return this.#ms(this.#from)
  }

  #ms(samples: number): number {
    return (samples * 1000) / this.#sampleRate
  }

  #cut(): Utterance {
    const whole = this.#utterance(true)
    this.#number++
    this.#givenMs = 0
    this.#keepLast(0)
    return whole
  }

  #utterance(isWhole: boolean): Utterance {
    const pcm = new Int16Array(this.#samples)
    let at = 0
    for (const piece of this.#pieces) {
      pcm.set(piece, at)
      at += piece.length
    }
    return { number: this.#number, startMs: Math.round(this.#fromMs), pcm, isWhole }
  }

  #keepLast(ms: number): void {
    const most = (ms * this.#sampleRate) / 1000
    while (this.#samples > most) {
      const dropped = this.#pieces.shift()?.length ?? this.#samples
      this.#samples -= dropped
      this.#from += dropped
    }
  }
}
