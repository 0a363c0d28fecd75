import type { MediaEngine } from '../media/engine.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'

/** Whether there is room for one more caller. */
export interface Admission {
  /**
   * Takes room for a call of this network (`shared/network-of.ts`); undefined: there is none for it, and the caller gets 503
   * before any port is taken. The call gives its room back once it is over.
   */
  enter(network: string): (() => void) | undefined
  /** Whether a call of this network is in. */
  has(network: string): boolean
}

export interface AdmissionOptions {
  readonly media: Pick<MediaEngine, 'sessions'>
  /** How many sessions media has ports for. */
  readonly capacity: number
  readonly clock: Clock
  readonly log: Log
}

/** What is kept for the owner's phones, to listen and to pick up. */
const MOST_FOR_OWNERS = 16
const TELL_AGAIN_AFTER_MS = 60_000

/**
 * A flood of calls takes all ports, whoever forges a trunk's address to send it. So the last of them are the owner's, for
 * the calls that go on; and of the last quarter a source that has more than a tenth of all gets none, so that another
 * line still rings.
 */
export function createAdmission({ media, capacity, clock, log }: AdmissionOptions): Admission {
  const forOwners = Math.min(MOST_FOR_OWNERS, Math.floor(capacity / 10))
  const held = new Map<string, number>()
  let toldAt = Number.NEGATIVE_INFINITY

  function isFull(network: string): boolean {
    const free = capacity - media.sessions
    if (free <= forOwners) return forOwners > 0
    return free < capacity / 4 && (held.get(network) ?? 0) > capacity / 10
  }

  function tell(network: string): void {
    if (clock.monotonic() - toldAt < TELL_AGAIN_AFTER_MS) return
    toldAt = clock.monotonic()
    log.warn(
      { address: network, calls: held.get(network) ?? 0, sessions: media.sessions, capacity },
      'callers are turned away: too many call at a time; --rtp-ports makes room for more',
    )
  }

  return {
    has: (network) => held.has(network),
    enter(network) {
      if (isFull(network)) return void tell(network)
      held.set(network, (held.get(network) ?? 0) + 1)
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        const left = (held.get(network) ?? 1) - 1
        if (left > 0) held.set(network, left)
        else held.delete(network)
      }
    },
  }
}
