import { join } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Trial } from '../../sherpa/models/add-model.ts'
import type { ListeningModel } from '../../sherpa/models/speech-model.ts'
import { gather, NOTHING_GATHERED, textOf } from '../gather.ts'
import { recordedSound } from '../recorded-sound.ts'
import { SAMPLE_RATE } from './messages.ts'
import { sherpaTranscriber } from './sherpa-transcriber.ts'

/** English, as it comes by telephone. */
const CLIP = join(import.meta.dirname, '../../../assets/prompts/test-caller.wav')
/** The largest are loaded and have done it long before. */
const PATIENCE_MS = 180_000

/** Has a model that listens do so once, in a process of its own. Rejects with AP_SPEECH_ENGINE_FAILED and AP_SPEECH_ENGINE_MISSING. */
export async function tryEar(name: string, model: ListeningModel, clock: Clock): Promise<Trial> {
  const ending = new AbortController()
  using _patience = clock.setTimer(PATIENCE_MS, () =>
    ending.abort(new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', { why: 'it takes too long' })),
  )
  const transcriber = sherpaTranscriber(name, {
    ...{ model: async () => model, language: null, staysReady: false, clock },
  })
  let samples = 0
  let startedAt = clock.monotonic()
  async function* sound() {
    // Loaded by now: that is done once, and listening each time.
    startedAt = clock.monotonic()
    for await (const pcm of recordedSound(CLIP, SAMPLE_RATE)) {
      samples += pcm.length
      yield pcm
    }
  }
  try {
    let gathered = NOTHING_GATHERED
    const listening = { language: null, isLive: false, signal: ending.signal }
    for await (const heard of transcriber.listen(sound(), listening)) gathered = gather(gathered, heard)
    return {
      text: textOf(gathered.segments),
      tookMs: clock.monotonic() - startedAt,
      soundMs: (samples * 1000) / SAMPLE_RATE,
    }
  } finally {
    await transcriber.close?.()
  }
}
