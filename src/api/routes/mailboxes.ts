import { z } from 'zod'
import { addMailbox, changeMailbox, needMailbox } from '../acts/mailboxes.ts'
import { mailbox, mailboxChange, mailboxInput } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showMailbox } from '../views/settings.ts'
import { byKey } from './parameters.ts'

const tag = 'Mailboxes'

export const mailboxRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/mailboxes',
    access: 'member',
    tag,
    summary: 'All mailboxes, with how many messages they hold',
    answer: { status: 200, json: z.array(mailbox) },
    async handle(_request, { store }) {
      const counts = await store.messages.counts()
      return (await store.mailboxes.list()).map((row) => showMailbox(row, counts))
    },
  }),
  defineRoute({
    method: 'POST',
    url: '/api/v1/mailboxes',
    access: 'owner',
    tag,
    summary: 'Adds a mailbox',
    body: mailboxInput,
    answer: { status: 201, json: mailbox },
    errors: ['AP_NAME_TAKEN', 'AP_NOT_FOUND'],
    handle: async ({ body }, { store }) => showMailbox(await addMailbox(store, body), []),
  }),
  defineRoute({
    method: 'GET',
    url: '/api/v1/mailboxes/:key',
    access: 'member',
    tag,
    summary: 'One mailbox',
    params: byKey,
    answer: { status: 200, json: mailbox },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params }, { store }) =>
      showMailbox(await needMailbox(store, params.key), await store.messages.counts()),
  }),
  defineRoute({
    method: 'PATCH',
    url: '/api/v1/mailboxes/:key',
    access: 'owner',
    tag,
    summary: 'Changes a mailbox',
    params: byKey,
    body: mailboxChange,
    answer: { status: 200, json: mailbox },
    errors: ['AP_NAME_TAKEN', 'AP_NOT_FOUND'],
    handle: async ({ params, body }, { store }) =>
      showMailbox(await changeMailbox(store, params.key, body), await store.messages.counts()),
  }),
  defineRoute({
    method: 'DELETE',
    url: '/api/v1/mailboxes/:key',
    access: 'owner',
    tag,
    summary: 'Removes a mailbox that nothing needs',
    params: byKey,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND', 'AP_MAILBOX_IN_USE'],
    handle: ({ params }, { store }) => store.mailboxes.remove(params.key),
  }),
]
