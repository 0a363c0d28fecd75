import { boundedMap } from './bounded-map.ts'
import { networkOf } from './network-of.ts'
import { type BucketSize, type TokenBucket, takeToken, tokensIn } from './token-bucket.ts'

/** How often TLS handshakes may begin. One costs up to a millisecond of the thread that all calls are signalled on. */
export interface HandshakeLimits {
  /** From one network: an office whose telephones all come back after an outage, and then some. */
  readonly each: BucketSize
  /** From everybody: a fifth of a core at the most. */
  readonly all: BucketSize
  /** Networks that are remembered. */
  readonly networks: number
}

export const defaultHandshakeLimits: HandshakeLimits = {
  each: { burst: 100, perSecond: 10 },
  all: { burst: 500, perSecond: 200 },
  networks: 10_000,
}

/**
 * Asks for one more handshake with whoever is at this address, at a monotonic instant in ms; false: there were too many, and
 * the connection is to be closed before it costs anything. Connections that stand are not touched.
 */
export function limitHandshakes(
  limits: HandshakeLimits = defaultHandshakeLimits,
): (address: string, at: number) => boolean {
  const networks = boundedMap<string, TokenBucket>(limits.networks)
  let all: TokenBucket | undefined
  return (address, at) => {
    const network = networkOf(address)
    const own = networks.get(network)
    if (tokensIn(own, at, limits.each) < 1 || tokensIn(all, at, limits.all) < 1) return false
    networks.set(network, takeToken(own, at, limits.each))
    all = takeToken(all, at, limits.all)
    return true
  }
}
