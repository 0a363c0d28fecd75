import { z } from 'zod'
import {
  addTarget,
  changeTarget,
  findTarget,
  removeDelivery,
  removeTarget,
  sendAgain,
  testTarget,
} from '../acts/targets.ts'
import { nameOf } from '../auth/name-of.ts'
import {
  delivery,
  deliveryQuery,
  newTarget,
  sentAgain,
  target,
  targetChange,
  targetInput,
  targetTest,
} from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showDelivery, showTarget } from '../views/target.ts'
import { byId, byKey } from './parameters.ts'

const common = { access: 'owner', tag: 'Webhooks and topics' } as const

export const targetRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/targets',
    summary: 'Webhooks, and topics of ntfy, that are told what happens',
    answer: { status: 200, json: z.array(target) },
    async handle(_request, { store }) {
      const [targets, counts] = await Promise.all([store.targets.list(), store.outbox.counts()])
      return targets.map((each) => showTarget(each, counts))
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/targets',
    summary: 'Adds one',
    body: targetInput,
    answer: { status: 201, json: newTarget },
    errors: ['AP_NAME_TAKEN', 'AP_TARGET_LIMIT'],
    async handle({ body, who }, context) {
      const added = await addTarget({ ...context, who: nameOf(who) }, body)
      return { ...showTarget(added, []), secret: added.kind === 'webhook' ? added.secret : null }
    },
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    url: '/api/v1/targets/:key',
    summary: 'Changes one; what waits for it is tried now',
    params: byKey,
    body: targetChange,
    answer: { status: 200, json: target },
    errors: ['AP_NOT_FOUND', 'AP_NAME_TAKEN'],
    async handle({ params, body, who }, context) {
      const changed = await changeTarget({ ...context, who: nameOf(who) }, params.key, body)
      return showTarget(changed, await context.store.outbox.counts())
    },
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/targets/:key',
    summary: 'Removes one, with what waits for it',
    params: byKey,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: ({ params, who }, context) => removeTarget({ ...context, who: nameOf(who) }, params.key),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/targets/:key/test',
    summary: 'Sends something to try it out, past what waits, and tells how it went',
    params: byKey,
    answer: { status: 200, json: targetTest },
    errors: ['AP_NOT_FOUND'],
    handle: ({ params }, context) => testTarget(context, params.key),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/targets/:key/retry',
    summary: 'Sends again what was given up, in order, and at once what waits',
    params: byKey,
    answer: { status: 200, json: sentAgain },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params }, context) => ({ count: await sendAgain(context, { target: params.key }) }),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/deliveries',
    summary: 'What waits to be told, or was given up, in order',
    query: deliveryQuery,
    answer: { status: 200, json: z.array(delivery) },
    errors: ['AP_NOT_FOUND'],
    async handle({ query }, { store }) {
      const { state, limit } = query
      const targetId = query.target === undefined ? undefined : (await findTarget(store, query.target)).id
      const rows = await store.outbox.list({ limit, ...(state && { state }), ...(targetId && { targetId }) })
      const targets = await store.targets.list()
      return rows.map((row) => showDelivery(row, targets))
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/deliveries/:id/retry',
    summary: 'Sends one again that was given up, or at once one that waits',
    params: byId,
    answer: { status: 200, json: sentAgain },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params }, context) => ({ count: await sendAgain(context, { id: params.id }) }),
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/deliveries/:id',
    summary: 'Forgets one; it is not sent',
    params: byId,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: ({ params }, { store }) => removeDelivery(store, params.id),
  }),
]
