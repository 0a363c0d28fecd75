import type { Segment } from '../store/transcript.ts'
import type { SpeechStretches, Stretch } from './speech-stretches.ts'

/**
 * Says where texts stand of which nobody said it: in order, each for as long as its letters take of all the time in which
 * somebody spoke. A text may reach over a pause and never begins in one.
 */
export function placeTexts(
  texts: readonly string[],
  stretches: readonly Stretch[],
  heardMs: number,
): Segment[] {
  const spoken = stretches.length > 0 ? stretches : [{ startMs: 0, endMs: heardMs }]
  const spokenMs = spoken.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
  const letters = texts.reduce((sum, text) => sum + text.length, 0) || 1
  /** The moment when somebody has spoken for so long; at the edge of a pause its end, or its beginning. */
  const momentOf = (afterMs: number, isEnd: boolean): number => {
    let rest = afterMs
    for (const { startMs, endMs } of spoken) {
      const lengthMs = endMs - startMs
      if (rest < lengthMs || (isEnd && rest <= lengthMs)) return startMs + rest
      rest -= lengthMs
    }
    return spoken.at(-1)?.endMs ?? heardMs
  }
  let before = 0
  return texts.map((text) => {
    const startMs = Math.round(momentOf((before / letters) * spokenMs, false))
    before += text.length
    return {
      text,
      startMs,
      endMs: Math.max(startMs, Math.round(momentOf((before / letters) * spokenMs, true))),
    }
  })
}

/** Says where a sentence stands that has just been written down: it is of what was spoken since the one before, which ended at `saidTo`. */
export function placeLive<Text extends Pick<Segment, 'text'>>(
  said: Text,
  saidTo: number,
  { all, heardMs }: Pick<SpeechStretches, 'all' | 'heardMs'>,
): Text & Segment {
  const since = all.filter(({ endMs }) => endMs > saidTo)
  const startMs = Math.max(saidTo, since[0]?.startMs ?? saidTo)
  return { ...said, startMs, endMs: Math.max(startMs, since.at(-1)?.endMs ?? heardMs) }
}
