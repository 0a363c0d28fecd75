import { type Agent, request } from 'node:https'
import { createRequire } from 'node:module'
import type { Clock } from '../../shared/clock.ts'
import { type Reach, whyNotCalled } from '../../shared/reach.ts'

/** One push to one browser. */
export interface PushOrder {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
  /** At most 3993 bytes (RFC 8291 §4). */
  readonly payload: string
  readonly ttlSeconds: number
  readonly urgency: 'normal' | 'high'
  readonly topic: string
  readonly vapid: { readonly subject: string; readonly publicKey: string; readonly privateKey: string }
}

export type PushOutcome =
  | { readonly kind: 'taken' }
  /** The browser has unsubscribed (RFC 8030 §7.3). */
  | { readonly kind: 'gone' }
  /** It makes no sense to try this again. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'later'; readonly why: string }

const TIMEOUT_MS = 10_000

/**
 * Encrypts a push (RFC 8291), signs it (RFC 8292) and gives it to the browser's push service. Of the answer only its
 * status is read. It never rejects.
 */
export async function postPush(
  order: PushOrder,
  { reach, agent, clock }: { readonly reach: Reach; readonly agent: Agent; readonly clock: Clock },
): Promise<PushOutcome> {
  const { endpoint, p256dh, auth, payload, ttlSeconds, urgency, topic, vapid } = order
  const why = whyNotCalled(endpoint, reach)
  if (why !== null) return { kind: 'refused', why }
  try {
    const webPush = createRequire(import.meta.url)('web-push') as typeof import('web-push')
    const made = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
      TTL: ttlSeconds,
      urgency,
      topic,
      vapidDetails: vapid,
    })
    const { headers, body } = made
    return outcomeOf(await statusOf(endpoint, { headers, body, agent, clock }))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === undefined ? { kind: 'refused', why: message } : { kind: 'later', why: message }
  }
}

interface Post {
  readonly headers: Record<string, string>
  readonly body: Buffer
  readonly agent: Agent
  readonly clock: Clock
}

/** Follows no redirection, and reads no body. */
function statusOf(endpoint: string, { headers, body, agent, clock }: Post): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const posted = request(endpoint, { method: 'POST', headers, agent })
  const timer = clock.setTimer(TIMEOUT_MS, () =>
    posted.destroy(Object.assign(new Error('it does not answer'), { code: 'ETIMEDOUT' })),
  )
  posted.on('error', reject)
  posted.on('response', (response) => {
    resolve(response.statusCode ?? 0)
    response.destroy()
  })
  posted.end(body)
  return promise.finally(() => timer.cancel())
}

/** What a push service's status means (RFC 8030 §5, §7.3 and §8.4). */
export function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'taken' }
  if (status === 404 || status === 410) return { kind: 'gone' }
  const why = `it answers ${status}`
  return status === 429 || status >= 500 ? { kind: 'later', why } : { kind: 'refused', why }
}
