import { boundedMap } from '../../shared/bounded-map.ts'
import type { Clock } from '../../shared/clock.ts'

/** Where an app is told to reach the machine. */
export interface AppPlace {
  /** Host name or address. */
  readonly server: string
  readonly port: number
  readonly transport: 'udp' | 'tcp'
}

/** What one link sets up. */
export interface AppLink extends AppPlace {
  readonly phoneId: string
  /** Wall time in ms since 1970. */
  readonly expiresAt: number
}

/** Links, drawn as QR codes, by which an app fetches the account of a phone. They are nowhere but in memory. */
export interface AppLinks {
  /** @param hash of the link's secret, which is kept by nobody here */
  add(hash: string, link: AppLink): void
  /** What the link sets up; undefined when it has expired or never was. */
  take(hash: string): AppLink | undefined
}

const MOST = 100
/** An app asks again when it has lost the answer; somebody who finds the address in a log comes later. */
const ONCE_TAKEN_MS = 60_000

export function createAppLinks(clock: Pick<Clock, 'now'>): AppLinks {
  const links = boundedMap<string, AppLink>(MOST)
  return {
    add: links.set,
    take(hash) {
      const link = links.get(hash)
      const now = clock.now()
      if (!link || link.expiresAt <= now) return undefined
      links.set(hash, { ...link, expiresAt: Math.min(link.expiresAt, now + ONCE_TAKEN_MS) })
      return link
    },
  }
}
