import type { Clock, Timer } from '../../shared/clock.ts'

/** Something that has work at instants of its own. */
export interface Paced {
  /** Monotonic ms; infinite when there is nothing (more) to do. `tick` moves it on. */
  readonly nextAt: number
  /** True: others that are due in the same phase go first. */
  readonly yields?: boolean
  tick(now: number): void
}

/** The length of a phase: what begins within it is sent together. */
export const PHASE_MS = 5
/** Phases ahead that are kept apart; nothing is paced at longer intervals than PHASE_MS × this. */
const PHASES = 64
/** Catching up after a stall, a stream sends at most this many packets per phase, so that it does not burst. */
const CATCH_UP = 2
/** A timer may fire this much early; to wait again would cost more than it gains. */
const EARLY_MS = 0.6

/**
 * Keeps many streams at absolute deadlines with one timer. Streams are spread over phases of 5 ms by the moment at
 * which they began, which depends on nothing but their own call.
 *
 * While there is any stream the thread wakes for every phase, also for one without streams: how late a timer fires
 * depends on when it was set, so a stream that alone had woken the thread each 20 ms would show when another (a
 * listener's) came to wake it in between.
 *
 * When the thread was late, each stream sends what it owes, two packets per phase, until it is on time again.
 */
export class Pacer {
  readonly #clock: Clock
  readonly #between: () => void
  readonly #wheel: Paced[][] = Array.from({ length: PHASES }, () => [])
  readonly #gone = new Set<Paced>()
  #timer: Timer | undefined
  /** The phase that the timer waits for. */
  #armedFor = 0
  /** Phases up to this one are done. */
  #done: number
  #count = 0

  /** @param between called in each phase, with or without streams, before those that yield */
  constructor(clock: Clock, between: () => void = () => {}) {
    this.#clock = clock
    this.#between = between
    this.#done = phaseOf(clock.monotonic())
  }

  /** The first deadline of a stream that begins now: the start of the next phase. It follows from `now` alone. */
  static firstAt(now: number): number {
    return (phaseOf(now) + 1) * PHASE_MS
  }

  /** The phase after the one that runs, or ran last. */
  get nextPhaseAt(): number {
    return (this.#done + 1) * PHASE_MS
  }

  add(paced: Paced): void {
    // Nothing ran while there was nothing to pace: without this, a phase long ago would be taken for the one to come,
    // and a stream that begins alone would begin earlier than one that begins beside others.
    if (this.#count === 0) this.#done = phaseOf(this.#clock.monotonic())
    this.#count++
    this.#queue(paced)
    this.#arm()
  }

  /** Takes effect at once: no further tick comes. */
  remove(paced: Paced): void {
    for (const phase of this.#wheel) {
      const place = phase.indexOf(paced)
      if (place < 0) continue
      phase.splice(place, 1)
      this.#count--
      return this.#arm()
    }
    this.#gone.add(paced) // it is among those that are being ticked
  }

  close(): void {
    this.#timer?.cancel()
    for (const phase of this.#wheel) phase.length = 0
    this.#count = 0
  }

  #queue(paced: Paced): void {
    const phase = Math.max(Math.ceil(paced.nextAt / PHASE_MS), this.#done + 1)
    this.#wheel[phase % PHASES]?.push(paced)
  }

  /**
   * Sets the timer, unless it is set for that phase already: a timer that is set again at another moment fires at another,
   * by up to a millisecond, and one stream would show in the packets of the others when it begins and when it ends.
   */
  #arm(): void {
    if (this.#count === 0) {
      this.#timer?.cancel()
      this.#timer = undefined
      return
    }
    const phase = this.#done + 1
    if (this.#timer && this.#armedFor === phase) return
    this.#timer?.cancel()
    this.#armedFor = phase
    this.#timer = this.#clock.setTimer(phase * PHASE_MS - this.#clock.monotonic(), () => this.#run())
  }

  #run(): void {
    this.#timer = undefined
    const now = this.#clock.monotonic()
    const until = phaseOf(now)
    // After a stall longer than the wheel every phase is due, once.
    const first = Math.max(this.#done + 1, until - PHASES + 1)
    const due: Paced[][] = []
    for (let phase = first; phase <= until; phase++) {
      const streams = this.#wheel[phase % PHASES]
      if (!streams || streams.length === 0) continue
      due.push(streams)
      this.#wheel[phase % PHASES] = []
    }
    this.#done = until
    const yielding: Paced[] = []
    for (const streams of due) {
      for (const paced of streams) {
        if (paced.yields) yielding.push(paced)
        else this.#turn(paced, now)
      }
    }
    this.#between()
    for (const paced of yielding) this.#turn(paced, now)
    this.#gone.clear()
    this.#arm()
  }

  #turn(paced: Paced, now: number): void {
    for (let turn = 0; turn < CATCH_UP; turn++) {
      if (this.#gone.has(paced)) break
      paced.tick(now)
      if (paced.nextAt > now) break
    }
    if (this.#gone.has(paced)) this.#count--
    else this.#queue(paced)
  }
}

const phaseOf = (at: number) => Math.floor((at + EARLY_MS) / PHASE_MS)
