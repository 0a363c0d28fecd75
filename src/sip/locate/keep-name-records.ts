import { boundedMap } from '../../shared/bounded-map.ts'
import type { Clock } from '../../shared/clock.ts'
import type { NameRecords } from './name-records.ts'

/** Node tells no TTL of SRV and NAPTR. A minute is what providers give names that they may have to move. */
const FRESH_MS = 60_000
const MOST_KEPT = 1000

/**
 * Asks the same question once a minute, and survives the name servers: while they can't be asked, what they last said
 * holds, however old (RFC 8767 §5: a stale answer beats none). Nothing that they denied comes back that way.
 */
export function keepNameRecords(records: NameRecords, clock: Clock): NameRecords {
  const keep = <Found>(ask: (name: string) => Promise<readonly Found[]>) => {
    const known = boundedMap<string, { readonly found: readonly Found[]; readonly at: number }>(MOST_KEPT)
    return async (name: string): Promise<readonly Found[]> => {
      const key = name.toLowerCase()
      const before = known.get(key)
      if (before && clock.monotonic() - before.at < FRESH_MS) return before.found
      try {
        const found = await ask(key)
        known.set(key, { found, at: clock.monotonic() })
        return found
      } catch (error) {
        if (before) return before.found
        throw error
      }
    }
  }
  return { naptr: keep(records.naptr), srv: keep(records.srv), addresses: keep(records.addresses) }
}
