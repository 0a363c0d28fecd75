import type { Clock, Timer } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'

/**
 * Writes that may come late: of those for one key only the newest is done, and while the store is out of order they wait.
 * Nobody waits for them.
 */
export interface WriteBehind {
  put(key: string, write: () => Promise<void>): void
  /** Resolves when all is written, or at the first write that fails: it is not tried again. */
  close(): Promise<void>
}

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000

/** What waits at most; past it the oldest is given up. Bindings that were not written come with the next REGISTER. */
const MOST_WAITING = 10_000

export function createWriteBehind({ clock, log }: { readonly clock: Clock; readonly log: Log }): WriteBehind {
  const waiting = new Map<string, () => Promise<void>>()
  let working: Promise<void> | undefined
  let pauseMs = FIRST_PAUSE_MS
  let pause: Timer | undefined
  let closed = false

  async function work(): Promise<void> {
    for (let first = next(); first; first = next()) {
      const [key, write] = first
      waiting.delete(key)
      try {
        await write()
        if (pauseMs > FIRST_PAUSE_MS) log.info('bindings of phones are written again')
        pauseMs = FIRST_PAUSE_MS
      } catch (error) {
        // Unless something newer has come for it meanwhile.
        if (!waiting.has(key)) waiting.set(key, write)
        if (pauseMs === FIRST_PAUSE_MS)
          log.warn(
            { err: error },
            'bindings of phones can not be written: after a restart phones are missing until they register again',
          )
        rest()
        break
      }
    }
    working = undefined
  }

  function next() {
    return waiting.entries().next().value
  }

  function rest(): void {
    if (closed) return
    pause = clock.setTimer(pauseMs, () => {
      pause = undefined
      begin()
    })
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
  }

  function begin(): void {
    if (!working && !pause) working = work()
  }

  return {
    put(key, write) {
      if (closed) return
      // The newest goes to the end: order matters for one key only.
      waiting.delete(key)
      waiting.set(key, write)
      if (waiting.size > MOST_WAITING) for (const oldest of waiting.keys()) if (waiting.delete(oldest)) break
      begin()
    },
    async close() {
      closed = true
      pause?.cancel()
      pause = undefined
      begin()
      await working
    },
  }
}
