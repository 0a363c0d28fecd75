import { AnswerphoneError } from '../../shared/errors.ts'
import { defined } from '../acts/defined.ts'
import { changeTranscription, transcribeMessage } from '../acts/transcription.ts'
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
    async handle({ body }, context) {
      await changeTranscription(context, defined(body))
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
    async handle({ params: { id } }, { store }) {
      const found = await store.transcripts.get(id)
      if (!found) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'transcript', id })
      return showWholeTranscript(found)
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
