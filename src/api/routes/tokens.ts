import { z } from 'zod'
import { addToken, removeToken } from '../acts/tokens.ts'
import { nameOf } from '../auth/name-of.ts'
import { newToken, token, tokenInput } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showToken } from '../views/settings.ts'
import { byKey } from './parameters.ts'

const common = { access: 'owner', tag: 'Tokens' } as const

export const tokenRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/tokens',
    summary: 'The tokens of scripts, without their secrets',
    answer: { status: 200, json: z.array(token) },
    handle: async (_request, { store }) => (await store.tokens.list()).map(showToken),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/tokens',
    summary: 'Makes a token with the rights of an owner; its secret is shown this once',
    body: tokenInput,
    answer: { status: 201, json: newToken },
    errors: ['AP_NAME_TAKEN'],
    async handle({ body, who }, context) {
      const { token, secret } = await addToken({ ...context, who: nameOf(who) }, body.name)
      return { ...showToken(token), secret }
    },
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/tokens/:key',
    summary: 'Removes a token; it is refused from now on',
    params: byKey,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: ({ params, who }, context) => removeToken({ ...context, who: nameOf(who) }, params.key),
  }),
]
