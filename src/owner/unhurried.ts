import type { Clock, Timer } from '../shared/clock.ts'

/**
 * Does what the owner's side does of itself (ringing phones, letting them go, telling lamps) one thing at a time, with
 * pauses, and never in the turn of the event that it follows from. Ten phones that were called at once would
 * answer at once, and a caller's packet that came in between would wait for all of them: how long the machine takes to
 * answer it would tell how many phones there are. What a phone asks for itself is answered at once.
 */
export interface Unhurried {
  /** Does this as soon as its turn comes. */
  later(act: () => void): void
  /** Does at once all that waits: there will be no later. */
  finish(): void
}

/** From one thing to the next: long against what one takes, with what it brings back. */
export const PAUSE_MS = 5
/** With more than this waiting, several are done at a time: whatever the load, nothing waits for much longer than that many pauses. */
const MOST_PAUSES = 20

export function createUnhurried(clock: Clock): Unhurried {
  const waiting: (() => void)[] = []
  let timer: Timer | undefined
  let lastAt = Number.NEGATIVE_INFINITY

  function arm(): void {
    timer = clock.setTimer(Math.max(0, lastAt + PAUSE_MS - clock.monotonic()), () => {
      timer = undefined
      lastAt = clock.monotonic()
      const due = waiting.splice(0, Math.ceil(waiting.length / MOST_PAUSES))
      if (waiting.length > 0) arm()
      for (const act of due) act()
    })
  }

  return {
    later(act) {
      waiting.push(act)
      if (!timer) arm()
    },
    finish() {
      timer?.cancel()
      timer = undefined
      for (const act of waiting.splice(0)) act()
    },
  }
}
