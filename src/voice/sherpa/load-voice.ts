import type { VoiceModel } from '../../sherpa/models/speech-model.ts'
import { ENGINE, type OfflineTts, type SherpaOnnx } from '../../sherpa/sherpa-onnx.ts'

/** Of models with several speakers, the first. */
const SPEAKER = 0
const SPEED = 1
/** Sentences are spoken one by one: a long text needs no more memory than a short one. */
const SENTENCES_AT_ONCE = 1

/** Loads a model. What it does not like of one ends the process, and is on its standard error: so it is. */
export function loadVoice({ OfflineTts }: SherpaOnnx, model: VoiceModel): OfflineTts {
  const { parts, tokens, lexicon = '', espeakData = '' } = model
  const vits = { ...parts, tokens, lexicon, dataDir: espeakData }
  return new OfflineTts({ model: { vits, ...ENGINE }, maxNumSentences: SENTENCES_AT_ONCE })
}

/** A text of which it knows nothing ends the process, too. */
export function say(voice: OfflineTts, text: string): { samples: Int16Array; sampleRate: number } {
  const { samples, sampleRate } = voice.generate({ text, sid: SPEAKER, speed: SPEED })
  return { samples: Int16Array.from(samples, toInt16), sampleRate }
}

const toInt16 = (sample: number) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767)
