import type { Clock, Timer } from '../../shared/clock.ts'
import type { TakeEvent, TakeOptions } from './recorder.ts'

/** Less is a click of the line; the shortest name takes longer. */
const LEAST_SPEECH_MS = 120

/** Tells when a take begins to be spoken, and when it has been silent for long. */
export class SpeechWatch {
  readonly #take: TakeOptions
  readonly #clock: Clock
  readonly #isFax: () => boolean
  readonly #onEvent: (event: TakeEvent) => void
  #soundAt: number
  #spoke = false
  #silence: Timer | undefined

  /** @param isFax whether what was heard so far is a fax machine's */
  constructor(take: TakeOptions, clock: Clock, isFax: () => boolean, onEvent: (event: TakeEvent) => void) {
    this.#take = take
    this.#clock = clock
    this.#isFax = isFax
    this.#onEvent = onEvent
    this.#soundAt = clock.monotonic()
    const { endAfterSilenceMs, firstSoundWithinMs = endAfterSilenceMs } = take
    if (endAfterSilenceMs === undefined || firstSoundWithinMs === undefined) return
    this.#soundAt += firstSoundWithinMs - endAfterSilenceMs
    this.#await(endAfterSilenceMs, firstSoundWithinMs)
  }

  /** Something was heard. @param soundMs how much sound there was so far */
  heard(arrivedAt: number, soundMs: number): void {
    const { takeId, firstSoundWithinMs, endAfterSilenceMs } = this.#take
    const waits = firstSoundWithinMs !== undefined && !this.#spoke
    // A click is no beginning.
    if (waits && soundMs < LEAST_SPEECH_MS) return
    this.#soundAt = arrivedAt
    if (!waits) return
    this.#spoke = true
    this.#onEvent({ kind: 'speaking', takeId })
    if (endAfterSilenceMs === undefined) return
    this.#silence?.cancel()
    this.#await(endAfterSilenceMs, endAfterSilenceMs)
  }

  stop(): void {
    this.#silence?.cancel()
  }

  /** Said once, also when nothing at all comes: DTX sends nothing in silence. */
  #await(limitMs: number, delayMs: number): void {
    this.#silence = this.#clock.setTimer(delayMs, () => {
      const restMs = this.#soundAt + limitMs - this.#clock.monotonic()
      if (restMs > 0) this.#await(limitMs, restMs)
      else this.#onEvent({ kind: 'silent', takeId: this.#take.takeId, fax: this.#isFax() })
    })
  }
}
