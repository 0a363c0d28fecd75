import type { OnSound } from '../../media/recorder/recorder.ts'
import type { Clock, Timer } from '../../shared/clock.ts'
import { type Gathered, gather, NOTHING_GATHERED } from '../gather.ts'
import type { Transcriber } from '../transcriber.ts'
import { LiveSound } from './live-sound.ts'
import { openSoundPipe } from './sound-pipe.ts'

/** More waits only where the transcriber does not keep up; then the message is heard again when it is whole. */
const MOST_WAITING_MS = 30_000
/** How long what was said last may take, after the end. */
const LAST_WORDS_MS = 20_000
/** Five times a second is as fast as anybody reads. */
const TELL_MS = 200

/** A take that is written down while it goes on. */
export interface LiveListening {
  readonly onSound: OnSound
  readonly gathered: Gathered
  /** What was said in it; undefined when it could not be written down. Never rejects. */
  readonly result: Promise<Gathered | undefined>
  stop(): void
}

/** @param changed there is something new to read, at most five times a second */
export function listenLive(
  transcriber: Transcriber,
  options: {
    readonly language: string | null
    readonly clock: Clock
    readonly changed: () => void
    readonly failed: (error: unknown) => void
  },
): LiveListening {
  const { language, clock, changed, failed } = options
  const pipe = openSoundPipe((MOST_WAITING_MS * transcriber.sampleRate) / 1000)
  const sound = new LiveSound(transcriber.sampleRate)
  const ending = new AbortController()
  let gathered = NOTHING_GATHERED
  let telling: Timer | undefined
  let toldAt = Number.NEGATIVE_INFINITY
  let isOver = false
  let lastWords: Timer | undefined

  function tellSoon(): void {
    // What comes after a while of nothing new is told at once.
    const restMs = Math.max(0, toldAt + TELL_MS - clock.monotonic())
    telling ??= clock.setTimer(restMs, () => {
      telling = undefined
      toldAt = clock.monotonic()
      changed()
    })
  }

  async function listen(): Promise<Gathered | undefined> {
    try {
      for await (const heard of transcriber.listen(pipe, { language, isLive: true, signal: ending.signal })) {
        gathered = gather(gathered, heard)
        tellSoon()
      }
      return gathered
    } catch (error) {
      if (!ending.signal.aborted) failed(error)
      return undefined
    } finally {
      isOver = true
      pipe.end()
      lastWords?.cancel()
      telling?.cancel()
    }
  }

  return {
    get gathered() {
      return gathered
    },
    onSound(packets) {
      if (!packets) {
        pipe.end()
        lastWords?.cancel()
        if (!isOver) lastWords = clock.setTimer(LAST_WORDS_MS, () => ending.abort())
        return
      }
      for (const pcm of sound.decode(packets)) if (!pipe.put(pcm)) return ending.abort()
    },
    result: listen(),
    stop() {
      telling?.cancel()
      ending.abort()
      pipe.end()
    },
  }
}
