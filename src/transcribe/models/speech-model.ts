/**
 * How a model is built, and so which files it has and what sherpa-onnx makes of it. `streaming` ones understand sound as it comes, the others a
 * sentence as a whole.
 */
export const MODEL_KINDS = {
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

export type ModelKind = keyof typeof MODEL_KINDS
export type ModelPart = 'encoder' | 'decoder' | 'joiner' | 'model'

/** A model for sherpa-onnx, as it lies in a folder. */
export interface SpeechModel {
  readonly kind: ModelKind
  /** Paths of its parts. */
  readonly parts: Readonly<Partial<Record<ModelPart, string>>>
  /** Path of the file that says which token is which. */
  readonly tokens: string
}
