import { z } from 'zod'
import { addMailbox, changeMailbox, needMailbox, removeMailbox } from '../acts/mailboxes.ts'
import { nameOf } from '../auth/name-of.ts'
import { mailbox, mailboxChange, mailboxInput } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { readMailboxFacts, showMailbox } from '../views/mailbox.ts'
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
    async handle(_request, { store, clock }) {
      const facts = await readMailboxFacts(store, clock)
      return (await store.mailboxes.list()).map((row) => showMailbox(row, facts))
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
    async handle({ body, who }, context) {
      const added = await addMailbox({ ...context, who: nameOf(who) }, body)
      return showMailbox(added, await readMailboxFacts(context.store, context.clock))
    },
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
    handle: async ({ params }, { store, clock }) =>
      showMailbox(await needMailbox(store, params.key), await readMailboxFacts(store, clock)),
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
    async handle({ params, body, who }, context) {
      const changed = await changeMailbox({ ...context, who: nameOf(who) }, params.key, body)
      return showMailbox(changed, await readMailboxFacts(context.store, context.clock))
    },
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
    handle: ({ params, who }, context) => removeMailbox({ ...context, who: nameOf(who) }, params.key),
  }),
]
