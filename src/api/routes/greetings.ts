import { z } from 'zod'
import { shippedGreetingFile } from '../../machine/clips.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { addGreeting, removeGreeting } from '../acts/greetings.ts'
import { firstLanguage } from '../acts/mailboxes.ts'
import { nameOf } from '../auth/name-of.ts'
import { greeting, greetingQuery, language, spokenText } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { sendAudio } from '../send-audio.ts'
import { showGreeting } from '../views/settings.ts'
import { byKey } from './parameters.ts'

const tag = 'Greetings'
/** Five minutes of 48 kHz stereo at 16 bits, and some. */
const MOST_BYTES = 64 * 1024 * 1024

export const greetingRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/greetings',
    access: 'member',
    tag,
    summary: "The owner's greetings",
    answer: { status: 200, json: z.array(greeting) },
    handle: async (_request, { greetings }) => (await greetings.list()).map(showGreeting),
  }),
  defineRoute<undefined, typeof greetingQuery, Buffer>({
    method: 'POST',
    url: '/api/v1/greetings',
    access: 'owner',
    tag,
    summary: 'Adds a greeting from a WAV file',
    query: greetingQuery,
    bodyMedia: { type: 'audio/wav', mostBytes: MOST_BYTES },
    answer: { status: 201, json: greeting },
    errors: ['AP_NAME_TAKEN', 'AP_GREETING_UNREADABLE', 'AP_GREETING_TOO_LONG'],
    async handle({ query, body, who }, context) {
      if (!Buffer.isBuffer(body)) throw new AnswerphoneError('AP_BODY_KIND')
      return showGreeting(await addGreeting({ ...context, who: nameOf(who) }, query.name, body))
    },
  }),
  defineRoute({
    method: 'POST',
    url: '/api/v1/spoken-text',
    access: 'owner',
    tag,
    summary: 'Has a text read aloud, where a voice is set up for its language; keeps nothing',
    body: spokenText,
    answer: { status: 200, media: 'audio/wav' },
    errors: [
      'AP_VOICE_MISSING',
      'AP_VOICE_BUSY',
      'AP_VOICE_FAILED',
      'AP_SPEECH_MODEL_MISSING',
      'AP_SPEECH_ENGINE_MISSING',
      'AP_SPEECH_ENGINE_FAILED',
    ],
    handle: async ({ body }, { voice, store }) =>
      voice.speak(body.text, body.language ?? (await firstLanguage(store))),
  }),
  defineRoute({
    method: 'GET',
    url: '/api/v1/shipped-greeting/audio',
    access: 'member',
    tag,
    summary: 'The greeting of mailboxes that have none of their own; takes Range and conditional requests',
    query: z.object({ language: language.default('en') }),
    answer: { status: 200, media: 'audio/wav' },
    errors: ['AP_RANGE_WRONG'],
    handle: async ({ query, reply }) => sendAudio(reply, shippedGreetingFile(query.language)),
  }),
  defineRoute({
    method: 'GET',
    url: '/api/v1/greetings/:key/audio',
    access: 'member',
    tag,
    summary: 'The greeting itself; takes Range and conditional requests',
    params: byKey,
    answer: { status: 200, media: 'audio/wav' },
    errors: ['AP_NOT_FOUND', 'AP_RANGE_WRONG'],
    handle: async ({ params, reply }, { greetings }) =>
      sendAudio(reply, await greetings.audioFile(params.key)),
  }),
  defineRoute({
    method: 'DELETE',
    url: '/api/v1/greetings/:key',
    access: 'owner',
    tag,
    summary: 'Removes a greeting; mailboxes that had it go back to the shipped one',
    params: byKey,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: ({ params, who }, context) => removeGreeting({ ...context, who: nameOf(who) }, params.key),
  }),
]
