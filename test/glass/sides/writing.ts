import { expect } from 'vitest'
import type { HearTake } from '../../../src/media/engine.ts'
import { silentLog } from '../../../src/shared/log.ts'
import { openLiveWords } from '../../../src/transcribe/live/live-words.ts'
import type { Transcriber } from '../../../src/transcribe/transcriber.ts'
import type { Side } from '../stage.ts'

/** Hears all that comes and writes it down, as much of it as there is. */
const scribe = (listen: Transcriber['listen']): Transcriber => ({
  ...{ name: 'scribe', sampleRate: 16_000, isLive: true, hearsAgain: false },
  listen,
})

/** A side on which what the caller says is written down while it is said. */
function writing(
  name: string,
  listen: Transcriber['listen'],
  happens: (words: number, texts: number) => void,
): Side {
  let hearTake: HearTake | undefined
  return {
    name,
    house: { hearTake: (take) => hearTake?.(take) },
    prepare({ house: { clock } }) {
      let told = 0
      let taken = 0
      const live = openLiveWords({
        current: () => ({ transcriber: scribe(listen), language: null }),
        changed: () => void told++,
        freed: () => {},
        clock,
        log: silentLog,
      })
      hearTake = (take) => {
        taken++
        return live.hearTake(take)
      }
      return {
        happened() {
          live.close()
          happens(told, taken)
        },
      }
    },
  }
}

/** Who writes down what the caller says. */
export const writingDown: readonly Side[] = [
  writing(
    'what is said is written down while it is said, and told as fast as it may be',
    async function* (sound) {
      let heard = 0
      for await (const pcm of sound) {
        heard += pcm.length
        yield { kind: 'partial', text: `${heard}` }
        if (heard % 16_000 < pcm.length)
          yield { kind: 'segment', segment: { text: `${heard}`, startMs: 0, endMs: heard / 16 } }
      }
    },
    (words) => expect(words).toBeGreaterThan(10),
  ),
  writing(
    'a transcriber that fails in the middle of what is said',
    async function* (sound) {
      let heard = 0
      for await (const pcm of sound) {
        heard += pcm.length
        yield { kind: 'partial', text: `${heard}` }
        if (heard > 16_000) throw new Error('no more')
      }
    },
    (words, taken) => {
      expect(words).toBeGreaterThan(0)
      expect(taken).toBe(1)
    },
  ),
]
