import { z } from 'zod'
import { decodeText } from '../../shared/decode-text.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import {
  addNumberList,
  changeNumberList,
  needNumberList,
  putNumbers,
  removeNumberList,
} from '../acts/number-lists.ts'
import { nameOf } from '../auth/name-of.ts'
import { numberCheck, numberCheckQuery, numberList, numberListChange, numberListInput } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showNumberList } from '../views/number-list.ts'
import { byKey } from './parameters.ts'

const common = { access: 'owner', tag: 'Block lists' } as const
/** A million numbers, a line each. */
const MOST_BYTES = 16 * 1024 * 1024

export const numberListRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/number-lists',
    summary: 'Block lists that others keep, in order of their name',
    answer: { status: 200, json: z.array(numberList) },
    handle: async (_request, { store }) => (await store.numberLists.list()).map(showNumberList),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/number-lists',
    summary: 'Adds one; nothing comes of it until a rule asks for it',
    body: numberListInput,
    answer: { status: 201, json: numberList },
    errors: ['AP_NAME_TAKEN', 'AP_LIST_LIMIT'],
    handle: async ({ body, who }, context) =>
      showNumberList(await addNumberList({ ...context, who: nameOf(who) }, body)),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/number-lists/check',
    summary: 'Which lists have a number; nobody outside is asked',
    query: numberCheckQuery,
    answer: { status: 200, json: numberCheck },
    async handle({ query: { number } }, { store, machine }) {
      const on = machine.rules.listsOf(number)
      const lists = (await store.numberLists.list()).filter(({ id }) => on.includes(id))
      return { number, lists: lists.map(({ id, name }) => ({ id, name })) }
    },
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/number-lists/:key',
    summary: 'One block list',
    params: byKey,
    answer: { status: 200, json: numberList },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params }, { store }) => showNumberList(await needNumberList(store, params.key)),
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    url: '/api/v1/number-lists/:key',
    summary: 'Changes one; it is fetched anew, and its numbers stay until then',
    params: byKey,
    body: numberListChange,
    answer: { status: 200, json: numberList },
    errors: ['AP_NOT_FOUND', 'AP_NAME_TAKEN'],
    handle: async ({ params, body, who }, context) =>
      showNumberList(await changeNumberList({ ...context, who: nameOf(who) }, params.key, body)),
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/number-lists/:key',
    summary: 'Removes one; rules that ask for it alone hold of no call any more',
    params: byKey,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: ({ params, who }, context) => removeNumberList({ ...context, who: nameOf(who) }, params.key),
  }),
  defineRoute<typeof byKey, undefined, Buffer>({
    ...common,
    method: 'POST',
    url: '/api/v1/number-lists/:key/numbers',
    summary: 'Puts a file in place of its numbers: lines, CSV, JSON, vCard, or a phone book of a FRITZ!Box',
    params: byKey,
    bodyMedia: { type: 'application/octet-stream', mostBytes: MOST_BYTES },
    answer: { status: 200, json: numberList },
    errors: ['AP_NOT_FOUND', 'AP_LIST_FETCHED', 'AP_LIST_NO_NUMBERS', 'AP_LIST_TOO_LONG'],
    async handle({ params, body, who }, context) {
      if (!Buffer.isBuffer(body)) throw new AnswerphoneError('AP_BODY_KIND')
      const list = await putNumbers({ ...context, who: nameOf(who) }, params.key, decodeText(body))
      return showNumberList(list)
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/number-lists/:key/refresh',
    summary: 'Fetches one now, and tells how it went',
    params: byKey,
    answer: { status: 200, json: numberList },
    errors: ['AP_NOT_FOUND', 'AP_LIST_FROM_FILE'],
    handle: async ({ params }, { lists }) => showNumberList(await lists.refresh(params.key)),
  }),
]
