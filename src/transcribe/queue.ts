import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import type { Transcript } from '../store/transcript.ts'
import { type WorkingOff, workOff } from '../store/work-off.ts'
import { textOf } from './gather.ts'
import { type Current, hearRecording } from './hear-recording.ts'
import { nextTry, restAfter } from './next-try.ts'

export interface QueueOptions {
  readonly store: Pick<Store, 'transcripts' | 'onChange'>
  readonly mailboxes: Pick<Mailboxes, 'get' | 'audioFile'>
  /** Who writes now; undefined: nobody, and the messages wait. */
  readonly current: () => Current | undefined
  /** Somebody speaks, and is written down meanwhile: what is over can wait. */
  readonly isBusy: () => boolean
  /** It is done, or was given up. */
  readonly settled: (messageId: string) => void
  readonly clock: Clock
  readonly log: Log
}

/** Who takes a message has it for so long; were the process to die, it is due again after that. */
const LEASE_MS = 10 * 60_000

/** Writes down the messages that wait in the store, one at a time, the newest first. */
export function openQueue(options: QueueOptions): WorkingOff {
  const { store, mailboxes, current, isBusy, settled, clock, log } = options

  async function write(
    { messageId, tries }: Transcript,
    current: Current,
    closing: AbortSignal,
  ): Promise<number> {
    const by = current.transcriber.name
    try {
      const { durationMs } = await mailboxes.get(messageId)
      const path = await mailboxes.audioFile(messageId)
      const { segments, language } = await hearRecording({ path, durationMs }, current, { clock, closing })
      const outcome = { text: textOf(segments), segments, language: language ?? current.language, by }
      const over = { nextAt: null, endedAt: clock.now(), problem: null, detail: '' }
      await store.transcripts.settle(messageId, { state: 'done', ...outcome, ...over })
      settled(messageId)
      return 0
    } catch (error) {
      // Stopped in the middle: that was no try, and it goes first after the next start.
      if (!closing.aborted) return fail(messageId, tries, error)
      await store.transcripts.settle(messageId, { tries: tries - 1, nextAt: clock.now() })
      return 0
    }
  }

  /** Resolves to how long no other message is tried either, in ms. */
  async function fail(messageId: string, tries: number, error: unknown): Promise<number> {
    const failure =
      error instanceof AnswerphoneError ? error : new AnswerphoneError('AP_INTERNAL', {}, { cause: error })
    log.warn({ messageId, tries, code: failure.code, err: error }, failure.message)
    const pauseMs = nextTry(tries, failure.code)
    const now = clock.now()
    const { why = failure.message } = failure.details
    const problem = { problem: failure.code, detail: String(why) }
    if (pauseMs !== undefined)
      await store.transcripts.settle(messageId, { nextAt: now + pauseMs, ...problem })
    else {
      await store.transcripts.settle(messageId, { state: 'failed', nextAt: null, endedAt: now, ...problem })
      settled(messageId)
    }
    return restAfter(failure.code)
  }

  return workOff<Transcript>({
    store,
    table: 'transcripts',
    rows: store.transcripts,
    leaseMs: LEASE_MS,
    worker() {
      const by = current()
      // Whoever ends what keeps it busy, or sets a transcriber up, wakes it.
      return by && !isBusy() ? (row, closing) => write(row, by, closing) : undefined
    },
    failed: (error) =>
      log.warn({ err: error }, 'messages that wait to be written down can not be read; tried again'),
    clock,
  })
}
