import { z } from 'zod'
import { audioFileName } from '../../mailbox/audio-file-name.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Message } from '../../store/model.ts'
import { notePlayed } from '../acts/audit.ts'
import { changeMessages } from '../acts/change-messages.ts'
import { forwardMessage } from '../acts/forward.ts'
import { findMessages, purgeMessage, restoreMessage, trashMessage } from '../acts/messages.ts'
import { nameOf } from '../auth/name-of.ts'
import type { Context } from '../context.ts'
import {
  audioFormat,
  forwarded,
  forwardInput,
  message,
  messageBatch,
  messageBatchDone,
  messageChange,
  messageListQuery,
  messagePage,
} from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { sendAudio, sendEncoded } from '../send-audio.ts'
import { showMail } from '../views/mail.ts'
import { showMessage } from '../views/message.ts'
import { readNames } from '../views/names.ts'
import { byId } from './parameters.ts'

const common = { access: 'member', tag: 'Messages', errors: ['AP_NOT_FOUND'] } as const

const show = async (row: Message, { store, machine }: Context) =>
  showMessage(row, await readNames(store), machine.contactOf, await store.transcripts.get(row.id))

export const messageRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/messages',
    summary: 'Messages, the newest first',
    query: messageListQuery,
    answer: { status: 200, json: messagePage },
    handle: async ({ query }, { store, mailboxes, machine: { contactOf } }) =>
      findMessages({ store, mailboxes, contactOf }, query),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/messages/:id',
    summary: 'One message',
    params: byId,
    answer: { status: 200, json: message },
    handle: async ({ params }, context) => show(await context.mailboxes.get(params.id), context),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/messages/:id/audio',
    summary: 'The recording; as WAV it takes Range, and in each format conditional requests',
    params: byId,
    query: z.object({
      download: z
        .enum(['0', '1'])
        .optional()
        .describe('1: to be saved as a file, as MP3 and Opus always are'),
      format: audioFormat.default('wav'),
    }),
    answer: { status: 200, media: 'audio/wav' },
    errors: [
      'AP_NOT_FOUND',
      'AP_RECORDING_NOT_READY',
      'AP_RECORDING_MISSING',
      'AP_RANGE_WRONG',
      'AP_ENCODER_BUSY',
      'AP_ENCODING_FAILED',
    ],
    async handle({ params, query, reply, raw, who }, context) {
      const { format } = query
      const { mailboxes } = context
      const path = await mailboxes.audioFile(params.id)
      if (raw.method !== 'HEAD') await notePlayed({ ...context, who: nameOf(who) }, params.id)
      // What only plays has no name, and comes in many pieces.
      if (format === 'wav' && query.download !== '1') return sendAudio(reply, path)
      const name = audioFileName(await mailboxes.get(params.id), format)
      if (format === 'wav') return sendAudio(reply, path, name)
      return sendEncoded(reply, await mailboxes.encodedAudio(params.id, format), { format, name })
    },
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    url: '/api/v1/messages/:id',
    summary: 'Marks as heard, new, junk or none, sets the note, or keeps what was left before a pick-up',
    params: byId,
    body: messageChange,
    answer: { status: 200, json: message },
    async handle({ params: { id }, body }, context) {
      const { mailboxes } = context
      let row = await mailboxes.get(id)
      if (body.pickedUp === 'kept') row = await mailboxes.keepPickedUp(id)
      if (body.note !== undefined) row = await mailboxes.setNote(id, body.note)
      if (body.state === 'heard') row = await mailboxes.markHeard(id)
      if (body.state === 'new') row = await mailboxes.markNew(id)
      if (body.junk !== undefined)
        row = await (body.junk ? mailboxes.markJunk(id) : mailboxes.markNotJunk(id))
      return show(row, context)
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/messages/batch',
    summary: 'Does one thing to many messages: to those that are named, or to all that the list would find',
    body: messageBatch,
    answer: { status: 200, json: messageBatchDone },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ body, who }, context) => changeMessages({ ...context, who: nameOf(who) }, body),
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/messages/:id',
    summary: 'To the trash; doing it twice changes nothing',
    params: byId,
    query: z.object({
      forever: z.enum(['0', '1']).optional().describe('1: removes it for good, if it is in the trash'),
    }),
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND', 'AP_MESSAGE_NOT_IN_TRASH'],
    async handle({ params: { id }, query, who }, context) {
      const tools = { ...context, who: nameOf(who) }
      if (query.forever !== '1') await trashMessage(tools, id)
      else await purgeMessage(tools, id).catch(ignoreGone)
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/messages/:id/restore',
    summary: 'Takes it out of the trash, as new or heard as it was',
    params: byId,
    answer: { status: 200, json: message },
    handle: async ({ params, who }, context) =>
      show(await restoreMessage({ ...context, who: nameOf(who) }, params.id), context),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/messages/:id/forward',
    summary: 'Mails it with its recording, puts a copy into another mailbox, or both',
    params: byId,
    body: forwardInput,
    answer: { status: 201, json: forwarded },
    errors: [
      'AP_NOT_FOUND',
      'AP_MAIL_NOT_SET_UP',
      'AP_MAIL_LIMIT',
      'AP_RECORDING_NOT_READY',
      'AP_RECORDING_MISSING',
      'AP_DISK_FULL',
    ],
    async handle({ params, body, who }, context) {
      const { mails, copy } = await forwardMessage({ ...context, who: nameOf(who) }, params.id, body)
      return { mails: mails.map(showMail), copy: copy && (await show(copy, context)) }
    },
  }),
]

/** Removing for good what is gone already is done. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof AnswerphoneError && error.code === 'AP_NOT_FOUND')) throw error
}
