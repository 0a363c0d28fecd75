import { request as requestPlainly } from 'node:http'
import { request as requestSafely } from 'node:https'
import type { Clock } from '../../shared/clock.ts'
import type { Outcome } from '../outbox/carrier.ts'
import { type HookReach, portOf, reachingLookup, whyNotHooked } from './reach.ts'

/** One request. */
export interface PostOrder {
  readonly url: string
  readonly method: 'POST' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  readonly reach: HookReach
}

const TIMEOUT_MS = 15_000

/** Sends it, and tells by the status how it was taken. It follows no redirection, reads no body and never rejects. */
export async function post(order: PostOrder, clock: Clock): Promise<Outcome> {
  const { url, method, headers, body, reach } = order
  const why = whyNotHooked(url, reach)
  if (why !== null) return { kind: 'later', why: `it is not called: ${why}` }
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const later = (words: string) => resolve({ kind: 'later', why: words })
  const parsed = new URL(url)
  const send = parsed.protocol === 'https:' ? requestSafely : requestPlainly
  const lookup = reachingLookup(portOf(parsed), reach)
  const length = { 'content-length': `${Buffer.byteLength(body)}` }
  const posted = send(parsed, { method, headers: { ...headers, ...length }, agent: false, lookup })
  using _timer = clock.setTimer(TIMEOUT_MS, () => posted.destroy(new Error('it does not answer')))
  posted.on('error', ({ message }) => later(message))
  posted.on('response', (response) => {
    resolve(outcomeOf(response.statusCode ?? 0, response.headers['retry-after'], clock.now()))
    response.destroy()
  })
  posted.end(body)
  return await promise
}

/** The event itself is wrong to the receiver: it would be the next time, too. */
const REFUSALS: ReadonlySet<number> = new Set([400, 413, 415, 422])

/** What a status means to who waits (docs/webhooks.md says the same). */
export function outcomeOf(status: number, retryAfter: string | undefined, now: number): Outcome {
  if (status >= 200 && status < 300) return { kind: 'taken' }
  const why = `it answers ${status}`
  if (status === 410) return { kind: 'gone', why }
  if (REFUSALS.has(status)) return { kind: 'refused', why }
  if (status >= 300 && status < 400) return { kind: 'later', why: `${why}; redirections are not followed` }
  const afterMs = readRetryAfter(retryAfter, now)
  return { kind: 'later', why, ...(afterMs > 0 && { afterMs }) }
}

/** Seconds, or a date (RFC 9110 §10.2.3); 0 where it is neither. */
function readRetryAfter(text: string | undefined, now: number): number {
  if (text === undefined) return 0
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  // Date.parse would take "-5" for a year.
  const at = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? 0 : Math.max(0, at - now)
}
