import { AnswerphoneError } from '../../shared/errors.ts'
import { whyNotCalled } from '../../shared/reach.ts'
import type { Who } from '../auth/authenticate.ts'
import { hashSecret } from '../auth/secret.ts'
import type { Context } from '../context.ts'
import { type PushState, pushState, pushSubscriptionInput } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'

const common = { access: 'member', tag: 'Notifications' } as const
/** Browsers of one user. */
const MOST_BROWSERS = 20

export const pushRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/push',
    summary: 'With which key a browser subscribes to notifications, and whether this one has',
    answer: { status: 200, json: pushState },
    async handle({ who }, context): Promise<PushState> {
      const all = who.kind === 'session' ? await context.store.push.list(context.clock.now()) : []
      const subscribed = all.some(({ sessionHash }) => who.kind === 'session' && sessionHash === hashOf(who))
      return { publicKey: context.push?.publicKey ?? null, subscribed }
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/push/subscription',
    summary: 'Has this browser told of calls and new messages, until it logs out',
    body: pushSubscriptionInput,
    answer: { status: 200, json: pushState },
    errors: ['AP_PUSH_BROWSERS_ONLY', 'AP_PUSH_OFF', 'AP_PUSH_SERVICE_REFUSED'],
    async handle({ body, who }, { push, store, clock }): Promise<PushState> {
      if (who.kind !== 'session') throw new AnswerphoneError('AP_PUSH_BROWSERS_ONLY')
      if (!push) throw new AnswerphoneError('AP_PUSH_OFF')
      const { endpoint, keys, language } = body
      const why = whyNotCalled(endpoint, push.reach)
      if (why !== null) throw new AnswerphoneError('AP_PUSH_SERVICE_REFUSED', { why })
      const subscription = { endpoint, ...keys, language, createdAt: clock.now() }
      await store.push.put({ sessionHash: hashOf(who), userId: who.user.id, ...subscription }, MOST_BROWSERS)
      return { publicKey: push.publicKey, subscribed: true }
    },
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/push/subscription',
    summary: 'Has this browser told no more',
    answer: { status: 204 },
    async handle({ who }, { store }) {
      if (who.kind === 'session') await store.push.remove(hashOf(who))
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/push/test',
    summary: 'Sends this browser a notification to try it out',
    answer: { status: 204 },
    errors: ['AP_PUSH_OFF', 'AP_PUSH_NOT_SUBSCRIBED', 'AP_PUSH_FAILED'],
    async handle({ who }, { push }: Context) {
      if (!push) throw new AnswerphoneError('AP_PUSH_OFF')
      const outcome = who.kind === 'session' ? await push.test(hashOf(who)) : undefined
      if (outcome === undefined || outcome.kind === 'gone')
        throw new AnswerphoneError('AP_PUSH_NOT_SUBSCRIBED')
      if (outcome.kind !== 'taken') throw new AnswerphoneError('AP_PUSH_FAILED', { why: outcome.why })
    },
  }),
]

const hashOf = ({ secret }: Extract<Who, { kind: 'session' }>) => hashSecret(secret)
