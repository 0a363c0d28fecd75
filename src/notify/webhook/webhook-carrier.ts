import type { Clock } from '../../shared/clock.ts'
import type { PostThread } from '../http/open-post-thread.ts'
import type { HookReach } from '../http/reach.ts'
import type { Carrier } from '../outbox/carrier.ts'
import { signWebhook } from './sign.ts'

export interface HttpTools {
  readonly thread: Pick<PostThread, 'post'>
  readonly reach: () => HookReach
  readonly clock: Pick<Clock, 'now'>
}

/** Webhooks as Standard Webhooks has them: JSON, an id that stays, and a signature over id, time and body. */
export function createWebhookCarrier({ thread, reach, clock }: HttpTools): Carrier {
  return {
    kind: 'webhook',
    // Programs do not sleep.
    heedsQuiet: false,
    carry({ url, secret }, { id, body }) {
      const timestamp = Math.floor(clock.now() / 1000)
      const signature = secret !== null && { 'webhook-signature': signWebhook(secret, id, timestamp, body) }
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Answerphone',
        'webhook-id': id,
        'webhook-timestamp': `${timestamp}`,
        ...signature,
      }
      return thread.post({ url, method: 'POST', headers, body, reach: reach() })
    },
  }
}
