import type { OwnerAct } from '../../machine/machine.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { findCalls } from '../acts/calls.ts'
import { nameOf } from '../auth/name-of.ts'
import type { Context } from '../context.ts'
import { callListQuery, callPage } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showLiveCall } from '../views/call.ts'
import { readNames } from '../views/names.ts'
import { byId } from './parameters.ts'

const common = { access: 'member', tag: 'Calls' } as const

/** What the owner may do to a call that goes on. */
const act = (url: string, summary: string, orders: OwnerAct): Route =>
  defineRoute({
    ...common,
    method: 'POST',
    url,
    summary,
    params: byId,
    answer: { status: 204 },
    errors: ['AP_CALL_OVER'],
    async handle({ params: { id }, who }, { machine }) {
      if ((await machine.act(id, orders, nameOf(who))) !== 'done')
        throw new AnswerphoneError('AP_CALL_OVER', { id })
    },
  })

export const callRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/calls',
    summary: 'Calls going on, and one page of past ones, the newest first',
    query: callListQuery,
    answer: { status: 200, json: callPage },
    errors: ['AP_NOT_FOUND'],
    async handle({ query }, { store, machine }: Context) {
      const [{ calls, nextCursor }, names] = await Promise.all([findCalls(store, query), readNames(store)])
      const live = machine.liveCalls()
      const going = new Set(live.map(({ id }) => id))
      // A call's row is there from its arrival: while it goes on it is shown once, as live.
      return {
        live: live.map((call) => showLiveCall(call, names)),
        past: calls.filter(({ id }) => !going.has(id)),
        nextCursor,
      }
    },
  }),
  act('/api/v1/calls/:id/answer', 'The machine answers now', 'answer-now'),
  act('/api/v1/calls/:id/hang-up', 'Ends the call', 'hang-up'),
]
