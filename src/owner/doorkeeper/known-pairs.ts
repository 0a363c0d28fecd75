import type { Strikes } from './strikes.ts'

/** Where phones have proved their passwords: pairs of a network and a user. */
export interface KnownPairs {
  /** Wrong passwords there under this name: they are held against nobody, but told to the log. Undefined: no such pair. */
  get(network: string, user: string, at: number): { strikes: Strikes | undefined } | undefined
  /** Whether anybody is known at this network. */
  isHome(network: string, at: number): boolean
  /** The right password came from there. */
  remember(network: string, user: string, at: number): void
  forget(user: string): void
  /** Pairs in all. */
  readonly size: number
}

export interface KnownPairLimits {
  /** Networks of one user; the one that was used longest ago gives way. So nobody can crowd out another. */
  readonly networksPerUser: number
  /** Users; past it the one who was remembered first gives way. */
  readonly users: number
}

const REMEMBERED_MS = 30 * 86_400_000

interface Pair {
  at: number
  strikes: Strikes | undefined
}

export function knownPairs({ networksPerUser, users }: KnownPairLimits): KnownPairs {
  const byUser = new Map<string, Map<string, Pair>>()
  /** By how many users each network is known, and when one of them last proved it. */
  const homes = new Map<string, { users: number; at: number }>()

  function drop(networks: Map<string, Pair>, network: string): void {
    const home = homes.get(network)
    if (networks.delete(network) && home && --home.users === 0) homes.delete(network)
  }

  function forget(user: string): void {
    const networks = byUser.get(user)
    for (const network of [...(networks?.keys() ?? [])]) if (networks) drop(networks, network)
    byUser.delete(user)
  }

  /** Pairs that are too old go when somebody asks for them. */
  function get(network: string, user: string, at: number): Pair | undefined {
    const networks = byUser.get(user)
    const pair = networks?.get(network)
    if (!networks || !pair) return undefined
    if (at - pair.at <= REMEMBERED_MS) return pair
    drop(networks, network)
    return undefined
  }

  return {
    get,
    isHome(network, at) {
      const home = homes.get(network)
      return home !== undefined && at - home.at <= REMEMBERED_MS
    },
    remember(network, user, at) {
      const networks = byUser.get(user) ?? new Map<string, Pair>()
      const pair = networks.get(network)
      const home = homes.get(network) ?? { users: 0, at }
      homes.set(network, { users: pair ? home.users : home.users + 1, at })
      networks.delete(network)
      networks.set(network, { at, strikes: pair?.strikes })
      for (const oldest of networks.keys()) {
        if (networks.size <= networksPerUser) break
        drop(networks, oldest)
      }
      byUser.set(user, networks)
      for (const first of byUser.keys()) {
        if (byUser.size <= users) break
        forget(first)
      }
    },
    forget,
    get size() {
      let size = 0
      for (const networks of byUser.values()) size += networks.size
      return size
    },
  }
}
