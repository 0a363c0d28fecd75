import { z } from 'zod'
import { language } from './language.ts'

const installed = z.object({
  name: z.string(),
  kind: z.string().describe('How it is built, like streaming-transducer, whisper or vits'),
  bytes: z.int().describe('Of its files'),
  sha256: z.string().describe('Of the archive that it came in, in hex'),
  from: z.string().describe('Where that came from'),
  addedAt: z.iso.datetime(),
})

export const speechModel = installed
  .extend({
    isStreaming: z.boolean().describe('It understands sound as it comes; the others a sentence as a whole'),
  })
  .describe('A model for sherpa-onnx that listens, installed by `answerphone models add`')
export type SpeechModel = z.infer<typeof speechModel>

export const voiceModel = installed
  .extend({ language: language.nullable().describe('What it speaks, where it says so') })
  .describe('A voice for sherpa-onnx, installed by `answerphone models add`')
export type VoiceModel = z.infer<typeof voiceModel>

const chosen = z.string().min(1).max(100).nullable()

export const voiceSettings = z.object({
  models: z
    .object({ en: chosen, de: chosen })
    .describe('Which model reads texts in which language; null: the command does, where there is one'),
  installed: z.array(voiceModel).describe('Those to choose from, by name'),
  command: z.boolean().describe('The machine was started with --voice-command'),
  languages: z.array(language).describe('In which somebody reads: a model, or the command'),
})
export type VoiceSettings = z.infer<typeof voiceSettings>

export const voiceChange = z.strictObject({
  models: z
    .strictObject({ en: chosen, de: chosen })
    .partial()
    .describe('A language that is left out stays as it is'),
})
export type VoiceChange = z.infer<typeof voiceChange>
