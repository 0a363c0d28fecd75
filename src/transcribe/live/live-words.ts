import type { HearTake } from '../../media/engine.ts'
import type { Clock, Timer } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import { type Gathered, textOf } from '../gather.ts'
import type { Transcriber } from '../transcriber.ts'
import { type LiveListening, listenLive } from './listen-live.ts'

/** What a caller has said so far, and what is taken for what is being said now. */
export interface Words {
  readonly text: string
  readonly partial: string
}

export interface LiveWords {
  /** Hears messages while they are left, so far as there is somebody to write them down. */
  readonly hearTake: HearTake
  /** Undefined where nobody writes down what is said in this call. */
  of(callId: string): Words | undefined
  /** What was said in a message: once. Undefined: nobody heard it live. */
  take(messageId: string): Promise<Gathered | undefined> | undefined
  /** Nobody reads along any more. */
  callEnded(callId: string): void
  readonly isBusy: boolean
  close(): void
}

/** Each may take half a core; the rest belongs to the calls. Whoever calls besides is written down afterwards. */
const MOST_AT_ONCE = 2
/** For how long a result waits for its message's row. */
const KEPT_MS = 60_000

interface Live {
  readonly callId: string
  readonly listening: LiveListening
  isOver: boolean
  /** Until it is forgotten. */
  kept?: Timer
}

export function openLiveWords(options: {
  readonly current: () => { readonly transcriber: Transcriber; readonly language: string | null } | undefined
  readonly changed: (callId: string, words: Words) => void
  /** It is not busy any more, perhaps. */
  readonly freed: () => void
  readonly clock: Clock
  readonly log: Log
}): LiveWords {
  const { current, changed, freed, clock, log } = options
  const lives = new Map<string, Live>()
  const busy = () => [...lives.values()].filter(({ isOver }) => !isOver).length
  const wordsOf = ({ segments, partial }: Gathered): Words => ({ text: textOf(segments), partial })

  return {
    hearTake({ takeId, meta, both }) {
      const writer = current()
      const { callId } = meta
      if (both || !writer?.transcriber.isLive || typeof callId !== 'string' || busy() >= MOST_AT_ONCE)
        return undefined
      const listening = listenLive(writer.transcriber, {
        language: writer.language,
        clock,
        changed: () => changed(callId, wordsOf(listening.gathered)),
        failed: (error) =>
          log.warn({ err: error, messageId: takeId }, 'what is said can not be written down now'),
      })
      const live: Live = { callId, listening, isOver: false }
      lives.set(takeId, live)
      void listening.result.then(() => {
        live.isOver = true
        live.kept = clock.setTimer(KEPT_MS, () => lives.delete(takeId))
        if (!lives.has(takeId)) live.kept.cancel()
        freed()
      })
      return listening.onSound
    },
    of(callId) {
      // The last: before its message a caller may have said a name.
      const live = [...lives.values()].findLast((one) => one.callId === callId)
      return live && wordsOf(live.listening.gathered)
    },
    take(messageId) {
      const live = lives.get(messageId)
      return live?.listening.result.finally(() => {
        live.kept?.cancel()
        lives.delete(messageId)
      })
    },
    callEnded(callId) {
      for (const { callId: of, isOver, listening } of lives.values())
        if (of === callId && !isOver) listening.onSound(undefined)
    },
    get isBusy() {
      return busy() > 0
    },
    close() {
      for (const { listening, kept } of lives.values()) {
        listening.stop()
        kept?.cancel()
      }
      lives.clear()
    },
  }
}
