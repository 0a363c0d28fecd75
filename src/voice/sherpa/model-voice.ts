import { writeWav } from '../../media/wav/write-wav.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { keepProcess } from '../../sherpa/keep-process.ts'
import type { VoiceModel } from '../../sherpa/models/speech-model.ts'
import { type StartSpeaker, startSpeaker } from './start-speaker.ts'

/** The voice of a model, loaded when it is wanted and gone a minute later. */
export interface ModelVoice {
  /** As WAV. Rejects with AP_VOICE_FAILED and AP_SPEECH_*. */
  speak(text: string): Promise<Buffer>
  close(): Promise<void>
}

export interface ModelVoiceOptions {
  /** Rejects with AP_SPEECH_MODEL_MISSING and AP_SPEECH_MODEL_UNFIT. */
  readonly model: () => Promise<VoiceModel>
  readonly clock: Clock
  readonly start?: StartSpeaker
}

/** The longest text is over two minutes of speech; a small machine needs as long for it. */
const LONGEST_MS = 180_000

export function modelVoice({ model, clock, start = startSpeaker }: ModelVoiceOptions): ModelVoice {
  const speaker = keepProcess({
    start: async (ending) => start(await model(), ending),
    staysReady: false,
    clock,
  })
  return {
    async speak(text) {
      const ending = new AbortController()
      using _patience = clock.setTimer(LONGEST_MS, () =>
        ending.abort(failed(`it took longer than ${LONGEST_MS / 1000} s`)),
      )
      using held = await speaker.hold(ending.signal)
      ending.signal.addEventListener('abort', held.kill)
      const { samples, sampleRate } = await held.say(text).catch((error) => {
        throw ending.signal.aborted ? ending.signal.reason : error
      })
      if (samples.length === 0) throw failed('the model knows nothing of it')
      return Buffer.from(writeWav(samples, sampleRate))
    },
    close: () => speaker.close(),
  }
}

const failed = (why: string) => new AnswerphoneError('AP_VOICE_FAILED', { why })
