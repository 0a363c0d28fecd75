import { changeVoice } from '../acts/voice.ts'
import { nameOf } from '../auth/name-of.ts'
import { voiceChange, voiceSettings } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showVoiceSettings } from '../views/speech-model.ts'

const settings = { tag: 'Greetings', url: '/api/v1/voice' } as const

export const voiceRoutes: readonly Route[] = [
  defineRoute({
    ...settings,
    method: 'GET',
    access: 'member',
    summary: 'Who reads texts aloud, and in which languages',
    answer: { status: 200, json: voiceSettings },
    handle: async (_request, { keptVoice, voice }) => showVoiceSettings(keptVoice, voice),
  }),
  defineRoute({
    ...settings,
    method: 'PATCH',
    access: 'owner',
    summary: 'Has models that are installed read texts aloud, each in a language',
    body: voiceChange,
    answer: { status: 200, json: voiceSettings },
    errors: ['AP_SPEECH_MODEL_MISSING', 'AP_SPEECH_MODEL_UNFIT'],
    async handle({ body, who }, context) {
      await changeVoice({ ...context, who: nameOf(who) }, body)
      return showVoiceSettings(context.keptVoice, context.voice)
    },
  }),
]
