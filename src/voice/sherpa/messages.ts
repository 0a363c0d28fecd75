import type { VoiceModel } from '../../sherpa/models/speech-model.ts'
import type { Loading } from '../../sherpa/start-process.ts'

/** What the speaking process is told. The first order is `load`. */
export type ToSpeaker =
  | { readonly kind: 'load'; readonly model: VoiceModel }
  | { readonly kind: 'say'; readonly text: string }

/** Each `say` is answered by one, in their order. */
export interface Said {
  readonly kind: 'said'
  readonly samples: Int16Array
  readonly sampleRate: number
}

/** What it says. */
export type FromSpeaker = Loading | Said
