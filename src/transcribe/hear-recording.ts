import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { type Gathered, gather, NOTHING_GATHERED } from './gather.ts'
import { recordedSound } from './recorded-sound.ts'
import type { Transcriber } from './transcriber.ts'

/** Who writes now, and in which language is spoken; null: the transcriber finds out. */
export interface Current {
  readonly transcriber: Transcriber
  readonly language: string | null
}

/** What a recording may take, besides what its length makes. */
const PATIENCE_MS = 60_000
/** Slower than this by its length, and recordings come faster than they are written down. */
const PATIENCE_FACTOR = 4

/** Has a recording of ours written down. Rejects with AP_TRANSCRIBER_*, and with whatever `closing` aborts it with. */
export async function hearRecording(
  recording: { readonly path: string; readonly durationMs: number },
  { transcriber, language }: Current,
  { clock, closing }: { readonly clock: Clock; readonly closing: AbortSignal },
): Promise<Gathered> {
  const patience = new AbortController()
  const patienceMs = PATIENCE_MS + PATIENCE_FACTOR * recording.durationMs
  using _deadline = clock.setTimer(patienceMs, () => patience.abort())
  const signal = AbortSignal.any([closing, patience.signal])
  let gathered = NOTHING_GATHERED
  try {
    const sound = recordedSound(recording.path, transcriber.sampleRate)
    for await (const heard of transcriber.listen(sound, { language, isLive: false, signal }))
      gathered = gather(gathered, heard)
    return gathered
  } catch (error) {
    if (!patience.signal.aborted) throw error
    const seconds = Math.round(patienceMs / 1000)
    throw new AnswerphoneError('AP_TRANSCRIBER_TOO_SLOW', { seconds }, { cause: error })
  }
}
