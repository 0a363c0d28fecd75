import type { ListeningModel, VoiceModel } from './speech-model.ts'

/** With paths as they are seen from elsewhere. */
type Move = (path: string) => string

export const moveEar = ({ kind, parts, tokens }: ListeningModel, move: Move): ListeningModel => ({
  kind,
  parts: Object.fromEntries(Object.entries(parts).map(([part, path]) => [part, move(path)])),
  tokens: move(tokens),
})

export const moveVoice = (
  { kind, parts, tokens, lexicon, espeakData, language }: VoiceModel,
  move: Move,
): VoiceModel => ({
  kind,
  parts: { model: move(parts.model) },
  tokens: move(tokens),
  ...(lexicon !== undefined && { lexicon: move(lexicon) }),
  ...(espeakData !== undefined && { espeakData: move(espeakData) }),
  language,
})
