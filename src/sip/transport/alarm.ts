import type { Clock, Timer } from '../../shared/clock.ts'

/** One timer for all limits of a connection, moved only when it would ring too late: a busy one hardly ever touches it. */
export interface Alarm {
  /** To be called when the deadline may have come nearer. */
  watch(): void
  stop(): void
}

/**
 * Rings once the deadline is reached, which is asked for anew whenever it might be.
 *
 * @param deadline the next instant at which something is due, were nothing to happen before; monotonic ms
 */
export function openAlarm(clock: Clock, deadline: () => number, ring: () => void): Alarm {
  let set: { readonly at: number; readonly timer: Timer } | undefined
  let stopped = false

  function watch(): void {
    const at = deadline()
    if (stopped || (set && set.at <= at)) return
    set?.timer.cancel()
    const look = () => {
      set = undefined
      if (deadline() > clock.monotonic()) watch()
      else ring()
    }
    set = { at, timer: clock.setTimer(at - clock.monotonic(), look) }
  }

  return {
    watch,
    stop() {
      stopped = true
      set?.timer.cancel()
    },
  }
}
