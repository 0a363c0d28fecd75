import type { SpeechModel } from '../models/speech-model.ts'
import type { Heard } from '../transcriber.ts'

/** What the engine's process is told. The first order is `load`. */
export type ToEngine =
  | { readonly kind: 'load'; readonly model: SpeechModel; readonly language: string | null }
  | { readonly kind: 'open'; readonly id: number; readonly isLive: boolean }
  | { readonly kind: 'sound'; readonly id: number; readonly pcm: Int16Array }
  | { readonly kind: 'end'; readonly id: number }
  /** Nobody wants the rest of it. */
  | { readonly kind: 'drop'; readonly id: number }

/** What it says. Each `sound` and each `end` is answered by one `heard`, in their order. */
export type FromEngine =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'heard'; readonly id: number; readonly heard: readonly Heard[] }

/** What all models want. */
export const SAMPLE_RATE = 16_000
