import type { Language } from '../../shared/language.ts'

/**
 * How a model that listens is built, and so which files it has and what sherpa-onnx makes of it. `streaming` ones understand sound as it comes, the
 * others a sentence as a whole.
 */
export const LISTENING_KINDS = {
  'streaming-transducer': { isStreaming: true, parts: ['encoder', 'decoder', 'joiner'] },
  'streaming-zipformer-ctc': { isStreaming: true, parts: ['model'] },
  'streaming-nemo-ctc': { isStreaming: true, parts: ['model'] },
  transducer: { isStreaming: false, parts: ['encoder', 'decoder', 'joiner'] },
  'nemo-transducer': { isStreaming: false, parts: ['encoder', 'decoder', 'joiner'] },
  whisper: { isStreaming: false, parts: ['encoder', 'decoder'] },
  'zipformer-ctc': { isStreaming: false, parts: ['model'] },
  'nemo-ctc': { isStreaming: false, parts: ['model'] },
  'sense-voice': { isStreaming: false, parts: ['model'] },
} as const satisfies Record<string, { isStreaming: boolean; parts: readonly ModelPart[] }>

export type ListeningKind = keyof typeof LISTENING_KINDS
export type ModelPart = 'encoder' | 'decoder' | 'joiner' | 'model'

/** How a voice is built. */
export const VOICE_KINDS = ['vits'] as const
export type VoiceKind = (typeof VOICE_KINDS)[number]

export type ModelKind = ListeningKind | VoiceKind

/** A model for sherpa-onnx that listens, as it lies in a folder. */
export interface ListeningModel {
  readonly kind: ListeningKind
  /** Paths of its parts. */
  readonly parts: Readonly<Partial<Record<ModelPart, string>>>
  /** Path of the file that says which token is which. */
  readonly tokens: string
}

/** A model for sherpa-onnx that speaks, as it lies in a folder. */
export interface VoiceModel {
  readonly kind: VoiceKind
  readonly parts: { readonly model: string }
  readonly tokens: string
  /** Path of the file with the sounds of words; one of these two, or none where characters are what it reads. */
  readonly lexicon?: string | undefined
  /** Path of the folder by which espeak-ng finds the sounds of words. */
  readonly espeakData?: string | undefined
  /** What it speaks; null: it does not say, or it is none of ours. */
  readonly language: Language | null
}

export type SpeechModel = ListeningModel | VoiceModel

/** What is wrong with a folder that is to hold a model, for people. */
export type Wrong = { readonly wrong: string }

export const isVoice = <Model extends { readonly kind: ModelKind }>(
  model: Model,
): model is Extract<Model, { readonly kind: VoiceKind }> => VOICE_KINDS.some((kind) => kind === model.kind)
