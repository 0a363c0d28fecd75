import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'

/** Tells the log, not the network, about those who are not answered. */
export interface Strangers {
  /** A packet came from an address that no line trusts. */
  seen(address: string): void
}

const TELL_AGAIN_AFTER_MS = 10 * 60_000
const REMEMBERED = 256

/**
 * Strangers get no answer, so a new user whose provider is not in the trunk hears nothing either: the log says what to
 * do, once per address and ten minutes, and remembers a bounded number of addresses.
 */
export function watchStrangers({ clock, log }: { readonly clock: Clock; readonly log: Log }): Strangers {
  const told = new Map<string, number>()
  return {
    seen(address) {
      const now = clock.monotonic()
      const before = told.get(address)
      if (before !== undefined && now - before < TELL_AGAIN_AFTER_MS) return
      if (told.size >= REMEMBERED) {
        const oldest = told.keys().next().value
        if (oldest !== undefined) told.delete(oldest)
      }
      told.delete(address)
      told.set(address, now)
      log.warn(
        { address },
        'a stranger is not answered: if this is your provider or router, add its address with `answerphone lines set NAME --trunk ADDRESS`',
      )
    },
  }
}
