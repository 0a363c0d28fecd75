import { z } from 'zod'
import { countRetired } from '../../mailbox/retire-messages.ts'
import { defined } from '../acts/defined.ts'
import { changeRetention } from '../acts/history-retention.ts'
import { needMailbox } from '../acts/mailboxes.ts'
import { nameOf } from '../auth/name-of.ts'
import { fill, historyRetentionChange, retentionQuery, retired, storage } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { readStorage } from '../views/storage.ts'
import { byKey } from './parameters.ts'

const tag = 'Storage'

export const storageRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/storage',
    access: 'member',
    tag,
    summary: 'What is kept, for how long, and the room that it takes',
    answer: { status: 200, json: storage },
    handle: (_request, context) => readStorage(context),
  }),
  defineRoute({
    method: 'PATCH',
    url: '/api/v1/storage',
    access: 'owner',
    tag,
    summary: 'For how long calls, and who did what, are kept',
    body: historyRetentionChange,
    answer: { status: 200, json: storage },
    async handle({ body, who }, context) {
      await changeRetention({ ...context, who: nameOf(who) }, defined(body))
      return readStorage(context)
    },
  }),
  defineRoute({
    method: 'GET',
    url: '/api/v1/fills',
    access: 'member',
    tag,
    summary: 'What fills up, or is full: mailboxes that have a quota, and the disk',
    answer: { status: 200, json: z.array(fill) },
    handle: async (_request, { machine }) => [...machine.fills()],
  }),
  defineRoute({
    method: 'GET',
    url: '/api/v1/mailboxes/:key/retired',
    access: 'member',
    tag,
    summary: 'How many messages would be put away now, if the mailbox kept them for so long',
    params: byKey,
    query: retentionQuery,
    answer: { status: 200, json: retired },
    errors: ['AP_NOT_FOUND'],
    async handle({ params, query }, { store, clock }) {
      const mailbox = await needMailbox(store, params.key)
      const days = (asked: number | 'never' | undefined, now: number | null) =>
        asked === undefined ? now : asked === 'never' ? null : asked
      const retention = {
        keepNewDays: days(query.keepNewDays, mailbox.keepNewDays),
        keepHeardDays: days(query.keepHeardDays, mailbox.keepHeardDays),
        keepJunkDays: days(query.keepJunkDays, mailbox.keepJunkDays),
        keepTrashDays: days(query.keepTrashDays, mailbox.keepTrashDays),
      }
      return countRetired(store, mailbox.id, retention, clock.now())
    },
  }),
]
