import { z } from 'zod'
import { AnswerphoneError } from '../../shared/errors.ts'
import { writeCalendar } from '../../transcribe/marks/write-calendar.ts'
import { defined } from '../acts/defined.ts'
import { changeTranscription, transcribeMessage } from '../acts/transcription.ts'
import { nameOf } from '../auth/name-of.ts'
import { transcript, transcriptionChange, transcriptionSettings, wholeTranscript } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showTranscript, showTranscription, showWholeTranscript } from '../views/transcript.ts'
import { byId } from './parameters.ts'

const settings = { tag: 'Transcription', url: '/api/v1/transcription' } as const
const ofMessage = { tag: 'Messages', access: 'member', params: byId } as const

export const transcriptionRoutes: readonly Route[] = [
  defineRoute({
    ...settings,
    method: 'GET',
    access: 'member',
    summary: 'How what callers say is written down',
    answer: { status: 200, json: transcriptionSettings },
    handle: async (_request, { keptTranscription, store }) => showTranscription(keptTranscription, store),
  }),
  defineRoute({
    ...settings,
    method: 'PATCH',
    access: 'owner',
    summary: 'Sets it up, changes it, or switches it off',
    body: transcriptionChange,
    answer: { status: 200, json: transcriptionSettings },
    errors: ['AP_SPEECH_MODEL_MISSING', 'AP_SPEECH_MODEL_UNFIT'],
    async handle({ body, who }, context) {
      await changeTranscription({ ...context, who: nameOf(who) }, defined(body))
      return showTranscription(context.keptTranscription, context.store)
    },
  }),
  defineRoute({
    ...ofMessage,
    method: 'GET',
    url: '/api/v1/messages/:id/transcript',
    summary: 'What was said in it, with times',
    answer: { status: 200, json: wholeTranscript },
    errors: ['AP_NOT_FOUND'],
    async handle({ params: { id } }, { store, mailboxes }) {
      const { receivedAt, lineId, mailboxId } = await mailboxes.get(id)
      const found = await store.transcripts.get(id)
      if (!found) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'transcript', id })
      const { country = null, areaCode = null } = (await store.lines.get(lineId)) ?? {}
      const { timeZone = null } = (await store.mailboxes.get(mailboxId)) ?? {}
      return showWholeTranscript(found, { receivedAt, timeZone, country, areaCode })
    },
  }),
  defineRoute({
    ...ofMessage,
    method: 'GET',
    url: '/api/v1/messages/:id/calendar',
    summary: 'An entry for a calendar at a moment that was said in it, as iCalendar (RFC 5545)',
    query: z.object({
      at: z.iso.datetime(),
      day: z.enum(['0', '1']).optional().describe('1: the whole day'),
    }),
    answer: { status: 200, media: 'text/calendar' },
    errors: ['AP_NOT_FOUND'],
    async handle({ params: { id }, query, reply }, { store, mailboxes, machine, clock }) {
      const message = await mailboxes.get(id)
      const { timeZone = null } = (await store.mailboxes.get(message.mailboxId)) ?? {}
      const { callerNumber, callerName } = message
      const caller = machine.contactOf(callerNumber)?.name ?? callerName ?? callerNumber ?? 'Answerphone'
      reply
        .header('content-disposition', 'attachment; filename="message.ics"')
        .type('text/calendar; charset=utf-8')
      return writeCalendar({
        ...{
          id: `${id}-${Date.parse(query.at)}`,
          at: Date.parse(query.at),
          isWholeDay: query.day === '1',
          timeZone,
        },
        ...{ title: caller, text: (await store.transcripts.get(id))?.text ?? '', madeAt: clock.now() },
      })
    },
  }),
  defineRoute({
    ...ofMessage,
    method: 'POST',
    url: '/api/v1/messages/:id/transcribe',
    summary: 'Has it written down, anew where it was already',
    answer: { status: 200, json: transcript },
    errors: ['AP_NOT_FOUND', 'AP_TRANSCRIPTION_OFF'],
    handle: async ({ params }, context) => showTranscript(await transcribeMessage(context, params.id)),
  }),
]
