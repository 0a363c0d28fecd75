import { z } from 'zod'
import { speechModel } from './speech-models.ts'

export const transcriptState = z
  .enum(['waiting', 'partial', 'done', 'failed'])
  .describe('partial: what was heard of it while it was left; it is still to be heard as a whole')

/** What was said, as far as it is written down. */
export const transcript = z.object({
  state: transcriptState,
  text: z.string(),
  language: z.string().nullable(),
  by: z.string().nullable().describe('Which transcriber wrote it'),
  problem: z
    .object({ code: z.string(), detail: z.string() })
    .nullable()
    .describe('Why the last try failed; while it waits, it is tried again'),
})
export type Transcript = z.infer<typeof transcript>

export const segment = z.object({
  text: z.string(),
  startMs: z.int().describe('From the beginning of the recording'),
  endMs: z.int(),
  confidence: z.number().optional().describe('0 to 1, where the transcriber says how sure it is'),
})
export type Segment = z.infer<typeof segment>

const place = {
  start: z.int().describe('Place of its first character in the segment’s text'),
  end: z.int(),
}
export const mark = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), ...place, number: z.string().describe('E.164 where that is known') }),
  z.object({
    kind: z.literal('moment'),
    ...place,
    at: z.iso.datetime().describe('Seen from when the message came, in the mailbox’s time zone'),
    isWholeDay: z.boolean().describe('No time was said'),
  }),
])
export type Mark = z.infer<typeof mark>

export const wholeTranscript = transcript.extend({
  segments: z.array(segment.extend({ marks: z.array(mark).describe('Numbers, dates and times in it') })),
})
export type WholeTranscript = z.infer<typeof wholeTranscript>

/** Where in a message the words stand that were sought. */
export const hit = z.object({ text: z.string(), startMs: z.int() })

/** What a caller has said so far, and what is taken for what is being said now. */
export const liveWords = z.object({ text: z.string(), partial: z.string() })
export type LiveWords = z.infer<typeof liveWords>

const serverUrl = z
  .url({ protocol: /^https?$/, error: ({ input }) => `"${input}" is no address of a server` })
  .max(500)

const writers = z.enum(['off', 'command', 'server', 'model'])

export const transcriptionSettings = z.object({
  by: writers,
  command: z.string().nullable().describe('Run by the shell for each message'),
  commandRate: z
    .union([z.literal(8000), z.literal(16_000)])
    .describe('Samples a second of the sound that the command gets'),
  serverUrl: z.string().nullable().describe('Of a server that does as OpenAI’s /v1/audio/transcriptions'),
  serverModel: z.string(),
  speechModel: z.string().nullable().describe('Name of the model by which sherpa-onnx listens'),
  speechModels: z.array(speechModel).describe('Those that are installed and listen, by name'),
  hasServerKey: z.boolean().describe('The key itself is never shown'),
  language: z.string().nullable().describe('As BCP 47 has it; null: the transcriber finds out'),
  live: z.boolean().describe('Also while a message is left'),
  waitSeconds: z.int().describe('How long mails and notifications of a message wait for its words, at most'),
  since: z.iso.datetime().describe('Messages that were received before are left alone'),
  counts: z.object({ waiting: z.int(), partial: z.int(), done: z.int(), failed: z.int() }),
})
export type TranscriptionSettings = z.infer<typeof transcriptionSettings>

export const transcriptionChange = z
  .strictObject({
    by: writers,
    command: z.string().min(1).max(2000).nullable(),
    commandRate: z.union([z.literal(8000), z.literal(16_000)]),
    serverUrl: serverUrl.nullable(),
    serverModel: z.string().min(1).max(200),
    speechModel: z.string().min(1).max(100),
    serverKey: z.string().min(1).max(500).nullable(),
    language: z
      .string()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
        error: ({ input }) => `"${input}" is no language. Write it like en or de-AT`,
      })
      .max(35)
      .nullable(),
    live: z.boolean(),
    waitSeconds: z.int().min(0).max(600),
    older: z.literal(true).describe('Write down older messages, too'),
  })
  .partial()
  .describe('Naming a command, a server or a model switches to it. Another server needs the key again')
export type TranscriptionChange = z.infer<typeof transcriptionChange>
