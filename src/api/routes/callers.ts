import { exportCaller, findCaller, noteCaller, readHistory } from '../acts/callers.ts'
import { forgetCaller } from '../acts/forget-caller.ts'
import { nameOf } from '../auth/name-of.ts'
import {
  callerChange,
  callerExport,
  callerForgotten,
  callerHistory,
  callerHistoryQuery,
  callerProfile,
} from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { saveAs } from '../save-as.ts'
import { byCaller } from './parameters.ts'

const common = { access: 'member', tag: 'Callers', params: byCaller, errors: ['AP_CALLER_UNKNOWN'] } as const

export const callerRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/callers/:key',
    summary: 'Who that is: a contact, or a number that has called',
    answer: { status: 200, json: callerProfile },
    handle: ({ params }, { store, machine: { contactOf } }) => findCaller({ store, contactOf }, params.key),
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    url: '/api/v1/callers/:key',
    summary: 'Writes a note: into the contact, or for the number',
    body: callerChange,
    answer: { status: 200, json: callerProfile },
    handle: ({ params, body, who }, context) =>
      noteCaller(
        { ...context, contactOf: context.machine.contactOf, who: nameOf(who) },
        params.key,
        body.note,
      ),
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/callers/:key',
    summary: 'Forgets calls that are over, said names and notes for good; messages and the contact stay',
    answer: { status: 200, json: callerForgotten },
    handle: ({ params, who }, context) =>
      forgetCaller({ ...context, contactOf: context.machine.contactOf, who: nameOf(who) }, params.key),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/callers/:key/history',
    summary: "One page of a caller's calls and messages, the newest first",
    query: callerHistoryQuery,
    answer: { status: 200, json: callerHistory },
    handle: ({ params, query }, { store, machine: { contactOf } }) =>
      readHistory({ store, contactOf }, params.key, query),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/callers/:key/export',
    summary: 'All that is kept of a caller, but the sound of the messages',
    answer: { status: 200, json: callerExport },
    handle({ params, who, reply }, context) {
      reply.header('content-disposition', saveAs('caller.json'))
      const { contactOf } = context.machine
      return exportCaller({ ...context, contactOf, who: nameOf(who) }, params.key)
    },
  }),
]
