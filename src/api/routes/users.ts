import { z } from 'zod'
import { addUser, changeUser, needUser, removeUser } from '../acts/users.ts'
import { nameOf } from '../auth/name-of.ts'
import { user, userChange, userInput } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showUser } from '../views/settings.ts'
import { byKey } from './parameters.ts'

const common = { access: 'owner', tag: 'Users' } as const

export const userRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/users',
    summary: 'Everybody who may log in',
    answer: { status: 200, json: z.array(user) },
    handle: async (_request, { store }) => (await store.users.list()).map(showUser),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/users',
    summary: 'Adds a user: an owner, or a member who may hear and delete messages but not change settings',
    body: userInput,
    answer: { status: 201, json: user },
    errors: ['AP_NAME_TAKEN', 'AP_TOO_MANY_ATTEMPTS'],
    handle: async ({ body, who }, context) => showUser(await addUser({ ...context, who: nameOf(who) }, body)),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/users/:key',
    summary: 'One user',
    params: byKey,
    answer: { status: 200, json: user },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params }, { store }) => showUser(await needUser(store, params.key)),
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    url: '/api/v1/users/:key',
    summary:
      "Sets a new password, which ends the user's sessions, or what they may do, from their next request on",
    params: byKey,
    body: userChange,
    answer: { status: 200, json: user },
    errors: ['AP_NOT_FOUND', 'AP_LAST_OWNER', 'AP_TOO_MANY_ATTEMPTS'],
    handle: async ({ params, body, who }, context) =>
      showUser(await changeUser({ ...context, who: nameOf(who) }, params.key, body)),
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/users/:key',
    summary: 'Removes a user and ends their sessions',
    params: byKey,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND', 'AP_LAST_OWNER'],
    handle: ({ params, who }, context) => removeUser({ ...context, who: nameOf(who) }, params.key),
  }),
]
