import { z } from 'zod'
import { blockNumber, showBlocked, unblockNumber } from '../acts/blocked.ts'
import { nameOf } from '../auth/name-of.ts'
import { blockedInput, blockedNow, blockedNumber } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'

const common = { access: 'member', tag: 'Blocked numbers' } as const

export const blockedRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/blocked',
    summary: 'Numbers whose calls are refused',
    answer: { status: 200, json: z.array(blockedNumber) },
    handle: async (_request, { store }) => (await store.blocked.list()).map(showBlocked),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/blocked',
    summary: 'Blocks a number; doing it twice changes nothing',
    body: blockedInput,
    answer: { status: 201, json: blockedNow },
    async handle({ body, who }, context) {
      const { blocked, wasBlocked } = await blockNumber({ ...context, who: nameOf(who) }, body)
      return { ...showBlocked(blocked), wasBlocked }
    },
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/blocked/:number',
    summary: 'Lets a number call again',
    params: z.object({ number: z.string().max(64) }),
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: ({ params, who }, context) => unblockNumber({ ...context, who: nameOf(who) }, params.number),
  }),
]
