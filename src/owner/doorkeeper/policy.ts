import { boundedMap } from '../../shared/bounded-map.ts'
import { type BucketSize, type TokenBucket, takeToken, tokensIn } from '../../shared/token-bucket.ts'
import { knownPairs } from './known-pairs.ts'
import { isBanned, type Strikes, strike } from './strikes.ts'

/**
 * Whom the door is held shut for. It knows networks (see `shared/network-of.ts`), names of users and instants (`at`,
 * monotonic ms, never running backwards), and nothing of SIP; it reads no clock.
 *
 * The rules, in the order of their weight:
 * 1. Where a user has proved his password within 30 days he is always heard, challenged, and let in with the right
 *    password, whatever others do there or under his name. So whoever shares his address, or forges it, can't lock him out.
 *    The price: from that address his password can be guessed at without an end, which the log tells.
 * 2. Ten wrong passwords within ten minutes ban a network, for longer each time. They count only in answer to a
 *    challenge of ours that was sent to that very address: nobody can have another banned by forging his address.
 * 3. Challenges to strangers are limited for each network, and for all of them together; past that they get silence.
 */
export interface Policy {
  /** Whether a packet from this network is looked at. */
  admits(network: string, at: number): boolean
  /** Whether some user has proved his password there. */
  isHome(network: string, at: number): boolean
  /** A challenge is sent there. */
  challenged(network: string, at: number): void
  /** A wrong password, in answer to a challenge of ours. What is to be told of it. */
  struck(network: string, user: string, at: number): Strike | undefined
  /** The right password: whether it counts, for at a banned network that of a newcomer does not. */
  proved(network: string, user: string, at: number): boolean
  /** The user is known there, from before a restart. */
  remember(network: string, user: string, at: number): void
  forget(user: string): void
  banned(at: number): number
  /** Entries in all tables. */
  readonly size: number
}

export type Strike =
  | { readonly kind: 'banned'; readonly banMs: number }
  /** Somebody at the home of this user guesses his password. */
  | { readonly kind: 'guessed-at-home' }

export interface PolicyLimits {
  /** Networks with a bucket, and networks with strikes. */
  readonly networks: number
  readonly networksPerUser: number
  readonly users: number
}

export const defaultPolicyLimits: PolicyLimits = { networks: 10_000, networksPerUser: 64, users: 10_000 }

const EACH_STRANGER: BucketSize = { burst: 30, perSecond: 1 }
/** What a flood from forged addresses can make us send. */
const ALL_STRANGERS: BucketSize = { burst: 1000, perSecond: 500 }

export function createPolicy(limits: PolicyLimits = defaultPolicyLimits): Policy {
  const buckets = boundedMap<string, TokenBucket>(limits.networks)
  const culprits = boundedMap<string, Strikes>(limits.networks)
  const pairs = knownPairs(limits)
  let allStrangers: TokenBucket | undefined

  return {
    isHome: pairs.isHome,
    admits(network, at) {
      if (pairs.isHome(network, at)) return true
      if (isBanned(culprits.get(network), at)) return false
      return (
        tokensIn(buckets.get(network), at, EACH_STRANGER) >= 1 &&
        tokensIn(allStrangers, at, ALL_STRANGERS) >= 1
      )
    },
    challenged(network, at) {
      if (pairs.isHome(network, at)) return
      buckets.set(network, takeToken(buckets.get(network), at, EACH_STRANGER))
      allStrangers = takeToken(allStrangers, at, ALL_STRANGERS)
    },
    struck(network, user, at) {
      const pair = pairs.get(network, user, at)
      const before = pair ? pair.strikes : culprits.get(network)
      // At a home even the banned are heard: their ban must not grow by that, nor the log.
      if (isBanned(before, at)) return undefined
      const [strikes, banMs] = strike(before, at)
      if (pair) {
        pair.strikes = strikes
        return banMs === undefined ? undefined : { kind: 'guessed-at-home' }
      }
      culprits.set(network, strikes)
      return banMs === undefined ? undefined : { kind: 'banned', banMs }
    },
    proved(network, user, at) {
      if (isBanned(culprits.get(network), at) && !pairs.get(network, user, at)) return false
      pairs.remember(network, user, at)
      return true
    },
    remember: pairs.remember,
    forget: pairs.forget,
    banned(at) {
      let banned = 0
      for (const strikes of culprits.values()) if (isBanned(strikes, at)) banned++
      return banned
    },
    get size() {
      return buckets.size + culprits.size + pairs.size
    },
  }
}
