import { describe, expect, it } from 'vitest'
import { type Gathered, gather, NOTHING_GATHERED, textOf } from './gather.ts'
import type { Heard, Transcriber } from './transcriber.ts'

/** A transcriber to try, and what it makes of the sound of `twoSentences`. */
export interface TranscriberUnderTest extends AsyncDisposable {
  readonly transcriber: Transcriber
  readonly texts: readonly [string, string]
}

export const PIECE_MS = 100
/** Twice as fast as it is spoken: who is a process of its own has time to start before the second sentence. */
const LIVE_PAUSE_MS = PIECE_MS / 2

/** Two seconds of a tone, a pause of a second, a second of it, and silence; at this rate. */
export function* twoSentences(sampleRate: number): Generator<Int16Array> {
  for (let atMs = 0; atMs < 5000; atMs += PIECE_MS) {
    const isLoud = (atMs >= 500 && atMs < 2500) || (atMs >= 3500 && atMs < 4500)
    yield Int16Array.from({ length: (sampleRate * PIECE_MS) / 1000 }, (_, n) =>
      isLoud ? Math.round(8000 * Math.sin((2 * Math.PI * 440 * n) / sampleRate)) : 0,
    )
  }
}

async function* asItComes(pieces: Iterable<Int16Array>, pauseMs: number) {
  for (const piece of pieces) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    yield piece
  }
}

export async function listenTo(
  transcriber: Transcriber,
  { isLive, signal = new AbortController().signal }: { isLive: boolean; signal?: AbortSignal },
): Promise<{ readonly heard: readonly Heard[]; readonly gathered: Gathered }> {
  const heard: Heard[] = []
  let gathered = NOTHING_GATHERED
  const sound = asItComes(twoSentences(transcriber.sampleRate), isLive ? LIVE_PAUSE_MS : 0)
  for await (const said of transcriber.listen(sound, { language: 'en', isLive, signal })) {
    heard.push(said)
    gathered = gather(gathered, said)
  }
  return { heard, gathered }
}

/** What every transcriber must do. */
export function describeTranscriber(name: string, open: () => Promise<TranscriberUnderTest>): void {
  describe(`a ${name} as transcriber`, () => {
    it('writes down a message, in segments in order of time within it', async () => {
      await using tried = await open()
      const { gathered } = await listenTo(tried.transcriber, { isLive: false })
      expect(textOf(gathered.segments)).toBe(tried.texts.join(' '))
      const times = gathered.segments.flatMap(({ startMs, endMs }) => [startMs, endMs])
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(times[0]).toBeGreaterThanOrEqual(300)
      expect(times.at(-1)).toBeLessThanOrEqual(5000)
    })

    it('writes while somebody speaks, if it says that it can', async () => {
      await using tried = await open()
      if (!tried.transcriber.isLive) return
      const { heard, gathered } = await listenTo(tried.transcriber, { isLive: true })
      expect(textOf(gathered.segments)).toBe(tried.texts.join(' '))
      expect(heard.some(({ kind }) => kind === 'partial')).toBe(true)
      const [first, second] = gathered.segments
      expect(Math.abs((first?.startMs ?? 0) - 500)).toBeLessThanOrEqual(250)
      expect(Math.abs((second?.startMs ?? 0) - 3500)).toBeLessThanOrEqual(250)
      expect(gathered.partial).toBe('')
    })

    it('has nothing to say of no sound', async () => {
      await using tried = await open()
      const { transcriber } = tried
      const heard: Heard[] = []
      const { signal } = new AbortController()
      for await (const said of transcriber.listen(asItComes([], 0), {
        language: null,
        isLive: false,
        signal,
      }))
        if (said.kind === 'segment') heard.push(said)
      expect(heard).toEqual([])
    })

    it('stops at once when it is told to', async () => {
      await using tried = await open()
      const ending = new AbortController()
      const never = (async function* () {
        yield new Int16Array(tried.transcriber.sampleRate)
        await new Promise((resolve) => ending.signal.addEventListener('abort', resolve))
      })()
      const listening = (async () => {
        for await (const _ of tried.transcriber.listen(never, {
          language: null,
          isLive: tried.transcriber.isLive,
          signal: ending.signal,
        }));
      })()
      setTimeout(() => ending.abort(), 50)
      await expect(listening).rejects.toThrow()
    })
  })
}
