import { z } from 'zod'
import { writeWav } from '../../media/wav/write-wav.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Segment } from '../../store/transcript.ts'

/** A server of speech to text, as the owner has set it up. */
export interface ServerAccount {
  /** Up to `/v1`, or the whole address. */
  readonly url: string
  readonly key: string | null
  readonly model: string
}

/** What a server says of a piece of sound. */
export interface Transcribed {
  readonly text: string
  /** Times are from the beginning of the piece; absent where the server does not tell them. */
  readonly segments?: readonly Segment[]
  readonly language?: string
}

const MOST_ANSWER = 4_000_000
const ENDPOINT = '/audio/transcriptions'

const answer = z.object({
  text: z.string(),
  language: z.string().max(35).nullish(),
  segments: z
    .array(
      z.object({
        text: z.string(),
        start: z.number(),
        end: z.number(),
        avg_logprob: z.number().nullish(),
        no_speech_prob: z.number().nullish(),
      }),
    )
    .max(20_000)
    .nullish(),
})

/** Whisper makes up sentences for silence, and says how likely it thinks that. */
const LIKELY_SILENCE = 0.8

/** Where to post to: people give the base of the API, or all of it. */
export function endpointOf(url: string): string {
  const given = new URL(url)
  let end = given.pathname.length
  while (given.pathname[end - 1] === '/') end--
  const path = given.pathname.slice(0, end)
  if (!path.endsWith(ENDPOINT)) given.pathname = `${path === '' ? '/v1' : path}${ENDPOINT}`
  return given.href
}

/**
 * Posts a piece of sound to `/v1/audio/transcriptions` as OpenAI has it. Throws AP_TRANSCRIBER_UNREACHABLE where it makes sense to
 * try again, AP_TRANSCRIBER_LOGIN_REFUSED and AP_TRANSCRIBER_REFUSED, and what the signal is aborted with.
 */
export async function postAudio(
  { url, key, model }: ServerAccount,
  sound: { readonly pcm: Int16Array; readonly sampleRate: number },
  { language, signal }: { readonly language: string | null; readonly signal: AbortSignal },
): Promise<Transcribed> {
  const file = new Blob([new Uint8Array(writeWav(sound.pcm, sound.sampleRate))], { type: 'audio/wav' })
  const post = (format: string) => {
    const form = new FormData()
    form.set('file', file, 'message.wav')
    form.set('model', model)
    form.set('response_format', format)
    // Some find it out from `de-DE`, all from `de`.
    if (language !== null) form.set('language', language.split('-')[0] ?? language)
    return fetch(endpointOf(url), {
      method: 'POST',
      body: form,
      // The key is for this server and no other.
      redirect: 'error',
      ...(key !== null && { headers: { authorization: `Bearer ${key}` } }),
      signal,
    })
  }
  try {
    let response = await post('verbose_json')
    // Some models know no times, and say so by a refusal.
    if (response.status === 400 || response.status === 422) {
      await response.body?.cancel()
      response = await post('json')
    }
    return read(await textOf(response), response.status)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof AnswerphoneError) throw error
    const { cause, message } = error as Error
    const why = cause instanceof Error ? cause.message || cause.name : message
    throw new AnswerphoneError('AP_TRANSCRIBER_UNREACHABLE', { why }, { cause: error })
  }
}

function read(body: string, status: number): Transcribed {
  if (status === 401 || status === 403) throw new AnswerphoneError('AP_TRANSCRIBER_LOGIN_REFUSED', { status })
  const why = `it answered ${status}: ${body.replace(/\s+/g, ' ').slice(0, 200)}`
  if (status === 408 || status === 429 || status >= 500)
    throw new AnswerphoneError('AP_TRANSCRIBER_UNREACHABLE', { why })
  if (status !== 200) throw new AnswerphoneError('AP_TRANSCRIBER_REFUSED', { why })
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new AnswerphoneError('AP_TRANSCRIBER_REFUSED', { why: 'its answer is no JSON' })
  }
  const said = answer.safeParse(value)
  if (!said.success) throw new AnswerphoneError('AP_TRANSCRIBER_REFUSED', { why: 'its answer has no text' })
  const { text, language, segments } = said.data
  return {
    text: text.trim(),
    ...(language && { language }),
    ...(segments && {
      segments: segments
        .filter(({ no_speech_prob, text }) => (no_speech_prob ?? 0) < LIKELY_SILENCE && text.trim() !== '')
        .map(({ text, start, end, avg_logprob }) => ({
          text: text.trim(),
          startMs: Math.max(0, Math.round(start * 1000)),
          endMs: Math.max(0, Math.round(Math.max(start, end) * 1000)),
          ...(typeof avg_logprob === 'number' && { confidence: Math.min(1, Math.exp(avg_logprob)) }),
        })),
    }),
  }
}

async function textOf(response: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MOST_ANSWER)
      throw new AnswerphoneError('AP_TRANSCRIBER_REFUSED', { why: 'its answer has no end' })
  }
  return text
}
