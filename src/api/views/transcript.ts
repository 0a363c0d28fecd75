import { isVoice } from '../../sherpa/models/speech-model.ts'
import type { Store } from '../../store/store.ts'
import type { Transcript } from '../../store/transcript.ts'
import { soughtWords, wordsOf } from '../../store/words.ts'
import { findMarks, type MarkFacts } from '../../transcribe/marks/find-marks.ts'
import type { KeptTranscription } from '../../transcribe/settings.ts'
import type { TranscriptionSettings, Transcript as TranscriptView, WholeTranscript } from '../contract.ts'
import { iso } from './instant.ts'
import { showEar } from './speech-model.ts'

export const showTranscript = ({
  state,
  text,
  language,
  by,
  problem,
  detail,
}: Transcript): TranscriptView => ({
  state,
  text,
  language,
  by,
  problem: problem === null ? null : { code: problem, detail },
})

/** @param facts what numbers and times in it are seen from */
export const showWholeTranscript = (
  transcript: Transcript,
  facts: Omit<MarkFacts, 'language'>,
): WholeTranscript => ({
  ...showTranscript(transcript),
  segments: transcript.segments.map((segment) => ({
    ...segment,
    marks: findMarks(segment.text, { ...facts, language: transcript.language }).map((mark) =>
      mark.kind === 'moment' ? { ...mark, at: iso(mark.at) } : mark,
    ),
  })),
})

/** The segment that has most of what is sought; null where none has any of it. */
export function hitIn({ segments }: Transcript, q: string): { text: string; startMs: number } | null {
  const sought = soughtWords(q)
  if (!sought) return null
  let most = 0
  let best: { text: string; startMs: number } | null = null
  for (const { text, startMs } of segments) {
    const words = wordsOf(text)
    const found =
      sought.whole.filter((word) => words.includes(word)).length +
      (words.some((word) => word.startsWith(sought.begun)) ? 1 : 0)
    if (found <= most) continue
    most = found
    best = { text, startMs }
  }
  return best
}

/** How speech is written down, without the key. */
export async function showTranscription(
  kept: KeptTranscription,
  store: Pick<Store, 'transcripts'>,
): Promise<TranscriptionSettings> {
  const { since, ...settings } = await kept.read()
  const { serverUrl } = settings
  const counts = { waiting: 0, partial: 0, done: 0, failed: 0 }
  for (const { state, count } of await store.transcripts.counts()) counts[state] = count
  return {
    ...settings,
    speechModels: (await kept.models.list()).flatMap((model) => (isVoice(model) ? [] : [showEar(model)])),
    hasServerKey: serverUrl !== null && (await kept.readKey(serverUrl)) !== null,
    since: iso(since),
    counts,
  }
}
