import type { MediaSession } from '../../media/engine.ts'
import type { Clock, Timer } from '../../shared/clock.ts'

/** What whoever has answered wants of a call that was announced. `none`: she has not said. */
export type Decision = 'take' | 'send-on' | 'block' | 'none'

const KEYS: Readonly<Record<string, Decision>> = { 1: 'take', 2: 'send-on', 3: 'block' }

/** What a phone does between its answer and its first sound. */
const ANSWERED_MS = 500
const ROUNDS = 2
const BETWEEN_ROUNDS_MS = 2500
/** After it was said for the last time. */
const LAST_WAIT_MS = 5000
/** The end of a key comes three times (RFC 4733 §2.5.1.4): the caller is to hear none of it. */
const KEY_OVER_MS = 120

export interface AskOptions {
  readonly session: Pick<MediaSession, 'play' | 'stopPlaying'>
  /** What is said, as media knows it. Never rejects. */
  readonly announcement: Promise<readonly string[]>
  readonly clock: Clock
  /** Called once, and not after `close`. */
  readonly onDecided: (decision: Decision) => void
}

/** Whoever has answered is being told who calls, and asked. */
export interface Question {
  digit(digit: string): void
  /** The clip with this mark has been played. */
  played(mark: string): void
  close(): void
}

/** Tells a phone that has answered who calls, twice, and waits for a key. The caller's side knows nothing of it. */
export function askBeforeTalk({ session, announcement, clock, onDecided }: AskOptions): Question {
  let clips: readonly string[] = []
  let said = 0
  let round = 0
  let over = false
  let timer: Timer = clock.setTimer(ANSWERED_MS, () => {
    void announcement.then((found) => {
      clips = found
      sayNext()
    })
  })

  function sayNext(): void {
    if (over) return
    const clip = clips[said]
    if (clip !== undefined) return session.play(clip, `${round}.${said}`)
    said = 0
    round++
    timer =
      round < ROUNDS
        ? clock.setTimer(BETWEEN_ROUNDS_MS, sayNext)
        : clock.setTimer(LAST_WAIT_MS, () => decide('none', 0))
  }

  function decide(decision: Decision, afterMs: number): void {
    if (over) return
    close()
    session.stopPlaying()
    timer = clock.setTimer(afterMs, () => onDecided(decision))
  }

  function close(): void {
    over = true
    timer.cancel()
  }

  return {
    digit(digit) {
      const decision = KEYS[digit]
      if (decision) decide(decision, KEY_OVER_MS)
    },
    played(mark) {
      if (mark !== `${round}.${said}`) return
      said++
      sayNext()
    },
    close,
  }
}
