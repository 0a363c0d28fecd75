import { boundedMap } from '../../shared/bounded-map.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { Fetched } from './fetch-certificate.ts'
import type { Signer } from './signer.ts'

/** Who signs, by the URL of the certificate; undefined: nobody whom we trust, or it can't be told now. */
export type SignerAt = (url: string) => Promise<Signer | undefined>

const MOST_KEPT = 500
/** Callers choose what is fetched: at most so many at once, and so many in a minute. */
const MOST_AT_ONCE = 8
const MOST_A_MINUTE = 60
const MINUTE_MS = 60_000
/** What could not be fetched is not asked for again at each call. */
const FAILED_MS = 30_000

/** Keeps signers, and fetches each once, however many calls ask for it. */
export function keepSigners(options: {
  readonly fetch: (url: string) => Promise<Fetched>
  /** Reads what was fetched; rejects, or gives undefined, for what is not to be trusted. */
  readonly find: (pem: string) => Promise<Signer | undefined>
  readonly clock: Clock
  readonly log: Log
}): SignerAt {
  const { fetch, find, clock, log } = options
  const kept = boundedMap<string, { readonly signer: Signer | undefined; readonly until: number }>(MOST_KEPT)
  const fetching = new Map<string, Promise<Signer | undefined>>()
  let minute = { since: Number.NEGATIVE_INFINITY, count: 0 }

  async function fetchSigner(url: string): Promise<Signer | undefined> {
    let signer: Signer | undefined
    let keepMs = FAILED_MS
    try {
      const fetched = await fetch(url)
      keepMs = fetched.keepMs
      signer = await find(fetched.pem)
      if (!signer) log.debug({ url }, 'nobody whom we trust vouches for the certificate of a signature')
    } catch (error) {
      log.debug({ url, why: (error as Error).message }, 'the certificate of a signature can not be had')
    }
    kept.set(url, { signer, until: clock.monotonic() + keepMs })
    return signer
  }

  return async (url) => {
    const known = kept.get(url)
    const now = clock.monotonic()
    if (known && now < known.until) return known.signer
    const underWay = fetching.get(url)
    if (underWay) return underWay
    if (now - minute.since >= MINUTE_MS) minute = { since: now, count: 0 }
    if (fetching.size >= MOST_AT_ONCE || minute.count >= MOST_A_MINUTE) return undefined
    minute.count++
    const begun = fetchSigner(url).finally(() => fetching.delete(url))
    fetching.set(url, begun)
    return begun
  }
}
