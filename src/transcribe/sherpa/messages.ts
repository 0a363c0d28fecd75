import type { ListeningModel } from '../../sherpa/models/speech-model.ts'
import type { Loading } from '../../sherpa/start-process.ts'
import type { Heard } from '../transcriber.ts'

/** What the engine's process is told. The first order is `load`. */
export type ToEngine =
  | { readonly kind: 'load'; readonly model: ListeningModel; readonly language: string | null }
  | { readonly kind: 'open'; readonly id: number; readonly isLive: boolean }
  | { readonly kind: 'sound'; readonly id: number; readonly pcm: Int16Array }
  | { readonly kind: 'end'; readonly id: number }
  /** Nobody wants the rest of it. */
  | { readonly kind: 'drop'; readonly id: number }

/** Each `sound` and each `end` is answered by one, in their order. */
export interface HeardOf {
  readonly kind: 'heard'
  readonly id: number
  readonly heard: readonly Heard[]
}

/** What it says. */
export type FromEngine = Loading | HeardOf

/** What all models want. */
export const SAMPLE_RATE = 16_000
