import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Trial } from '../../sherpa/models/add-model.ts'
import type { VoiceModel } from '../../sherpa/models/speech-model.ts'
import { startSpeaker } from './start-speaker.ts'

/** What a model reads that does not say its language is read as English. */
const SENTENCES = {
  en: 'Please leave a message after the tone.',
  de: 'Bitte sprechen Sie nach dem Ton.',
} as const
/** The largest are loaded and have done it long before. */
const PATIENCE_MS = 180_000
/** Of 32767: who is under it all the time says nothing. */
const QUIET = 300

/** Has a voice read a sentence, in a process of its own. Rejects with AP_SPEECH_ENGINE_FAILED and AP_SPEECH_ENGINE_MISSING. */
export async function tryVoice(model: VoiceModel, clock: Clock): Promise<Trial> {
  const ending = new AbortController()
  using _patience = clock.setTimer(PATIENCE_MS, () => ending.abort())
  const speaker = await startSpeaker(model, ending.signal)
  try {
    // Loaded by now: that is done once, and speaking each time.
    const startedAt = clock.monotonic()
    const { samples, sampleRate } = await speaker.say(SENTENCES[model.language ?? 'en'])
    const tookMs = clock.monotonic() - startedAt
    if (!samples.some((sample) => Math.abs(sample) > QUIET))
      throw new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', {
        why: 'it read a sentence, and nothing is heard',
      })
    return { tookMs, soundMs: (samples.length * 1000) / sampleRate }
  } finally {
    speaker.kill()
    await speaker.ended
  }
}
