/** A timer that was set; disposing of it cancels it. Cancelling twice, or after it fired, does nothing. */
export interface Timer extends Disposable {
  cancel(): void
}

/**
 * Time as the rest of the program sees it. Nothing outside this file reads the machine's clock or sets a timer, so
 * that a test can run 32 s of SIP timers in no time (see test/helpers/fake-clock.ts).
 */
export interface Clock {
  /** Wall time: ms since the Unix epoch (UTC). It may jump; use it to say when, never to measure how long. */
  now(): number
  /** Monotonic time in ms with a fraction, from an arbitrary origin. It never jumps; use it for deadlines. */
  monotonic(): number
  /** Runs `fire` once, at least `delayMs` from now. A delay of 0 or less fires on the next turn, never at once. */
  setTimer(delayMs: number, fire: () => void): Timer
}

const LONGEST_DELAY_MS = 2 ** 31 - 1

/** The machine's clock. Timers do not keep the process alive: the sockets and the shutdown do that. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, fire) {
    // setTimeout leaves fractions out, and would fire early.
    const handle = setTimeout(fire, Math.min(Math.max(Math.ceil(delayMs), 0), LONGEST_DELAY_MS))
    handle.unref()
    const cancel = () => clearTimeout(handle)
    return { cancel, [Symbol.dispose]: cancel }
  },
}
