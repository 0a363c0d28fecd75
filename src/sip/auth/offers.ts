import type { Clock } from '../../shared/clock.ts'
import type { ReceivedRequest } from '../transaction/layer.ts'
import type { DigestAlgorithm } from './digest.ts'

/** Phones that are known to give up at a challenge by SHA-256, though one by MD5 stands beside it: that of Debian 12, and browsers'. */
const GIVE_UP = /^(baresip v[01]\.|JsSIP|SIP\.js)/

/** Whoever answers a challenge does so within this time; whoever comes again later without an answer could not. */
const PATIENCE_MS = 3000
const MOST_NOTES = 1000

const MD5_ALONE: readonly DigestAlgorithm[] = ['MD5']

/**
 * By which algorithms a phone is challenged. RFC 8760 §2.3 offers all of them, and a client passes over those that it
 * does not know (§2.4). Many phones give up instead and could never register. So a phone that was offered several and
 * comes again without an answer is offered MD5 alone from then on, and one that answered by MD5 is asked by MD5 again.
 */
export interface Offers {
  /** What to offer to the sender of this request. `answeredBy` is the algorithm of its Authorization, if it had one. */
  for(request: ReceivedRequest, answeredBy: DigestAlgorithm | undefined): readonly DigestAlgorithm[]
  /** It came with a nonce of ours, so it can read what it is offered. */
  answered(request: ReceivedRequest): void
}

export function createOffers(clock: Clock, algorithms: readonly DigestAlgorithm[]): Offers {
  /** When a phone was first offered several and has not answered since; `alone` once it has come again. */
  const notes = new Map<string, number | 'alone'>()

  function note(key: string, what: number | 'alone'): void {
    notes.delete(key)
    const [oldest] = notes.keys()
    if (notes.size >= MOST_NOTES && oldest !== undefined) notes.delete(oldest)
    notes.set(key, what)
  }

  return {
    for(request, answeredBy) {
      if (algorithms.length < 2 || !algorithms.includes('MD5')) return algorithms
      if (answeredBy === 'MD5' || GIVE_UP.test(userAgentOf(request))) return MD5_ALONE
      const key = keyOf(request)
      const known = notes.get(key)
      const now = clock.monotonic()
      if (known === undefined) note(key, now)
      else if (known === 'alone' || now - known >= PATIENCE_MS) {
        note(key, 'alone')
        return MD5_ALONE
      }
      return algorithms
    },

    answered(request) {
      const key = keyOf(request)
      if (notes.get(key) !== 'alone') notes.delete(key)
    },
  }
}

/** All phones of a make behind one address can the same. */
function keyOf(request: ReceivedRequest): string {
  return `${request.source.address} ${userAgentOf(request)}`
}

function userAgentOf({ headers }: ReceivedRequest): string {
  return (headers.first('User-Agent') ?? '').slice(0, 100)
}
