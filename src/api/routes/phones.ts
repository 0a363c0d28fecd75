import { z } from 'zod'
import { addPhone, changePhone, needPhone, removePhone, type SetUp, viewPhones } from '../acts/phones.ts'
import { nameOf } from '../auth/name-of.ts'
import type { Context } from '../context.ts'
import { phone, phoneChange, phoneInput, setUpPhone } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { byKey } from './parameters.ts'

const tag = 'Phones'

const showSetUp = async ({ phone, password }: SetUp, context: Context) => {
  const [view] = await viewPhones(context, [phone])
  return { ...view, password }
}

export const phoneRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/phones',
    access: 'member',
    tag,
    summary: 'All phones, with the devices that are registered now',
    answer: { status: 200, json: z.array(phone) },
    handle: async (_request, context) => viewPhones(context, await context.store.phones.list()),
  }),
  defineRoute({
    method: 'POST',
    url: '/api/v1/phones',
    access: 'owner',
    tag,
    summary: 'Adds a phone; a password that is made for it is shown this once',
    body: phoneInput,
    answer: { status: 201, json: setUpPhone },
    errors: ['AP_NAME_TAKEN', 'AP_NOT_FOUND'],
    handle: async ({ body, who }, context) =>
      showSetUp(await addPhone({ ...context, who: nameOf(who) }, body), context),
  }),
  defineRoute({
    method: 'GET',
    url: '/api/v1/phones/:key',
    access: 'member',
    tag,
    summary: 'One phone',
    params: byKey,
    answer: { status: 200, json: phone },
    errors: ['AP_NOT_FOUND'],
    async handle({ params }, context) {
      const [view] = await viewPhones(context, [await needPhone(context.store, params.key)])
      return view
    },
  }),
  defineRoute({
    method: 'PATCH',
    url: '/api/v1/phones/:key',
    access: 'owner',
    tag,
    summary: 'Changes a phone; a new name needs a new password',
    params: byKey,
    body: phoneChange,
    answer: { status: 200, json: setUpPhone },
    errors: ['AP_NAME_TAKEN', 'AP_NOT_FOUND'],
    handle: async ({ params, body, who }, context) =>
      showSetUp(await changePhone({ ...context, who: nameOf(who) }, params.key, body), context),
  }),
  defineRoute({
    method: 'DELETE',
    url: '/api/v1/phones/:key',
    access: 'owner',
    tag,
    summary: 'Removes a phone; it is refused from now on',
    params: byKey,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: ({ params, who }, context) => removePhone({ ...context, who: nameOf(who) }, params.key),
  }),
]
