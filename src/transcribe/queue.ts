import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import type { Transcript } from '../store/transcript.ts'
import { type WorkingOff, workOff } from '../store/work-off.ts'
import { type Gathered, gather, NOTHING_GATHERED, textOf } from './gather.ts'
import { nextTry, restAfter } from './next-try.ts'
import { recordedSound } from './recorded-sound.ts'
import type { Transcriber } from './transcriber.ts'

export interface QueueOptions {
  readonly store: Pick<Store, 'transcripts' | 'onChange'>
  readonly mailboxes: Pick<Mailboxes, 'get' | 'audioFile'>
  /** Who writes now; undefined: nobody, and the messages wait. */
  readonly current: () => { readonly transcriber: Transcriber; readonly language: string | null } | undefined
  /** Somebody speaks, and is written down meanwhile: what is over can wait. */
  readonly isBusy: () => boolean
  /** It is done, or was given up. */
  readonly settled: (messageId: string) => void
  readonly clock: Clock
  readonly log: Log
}

/** What a message may take, besides what its length makes. */
const PATIENCE_MS = 60_000
/** Slower than this by its length, and messages come faster than they are written down. */
const PATIENCE_FACTOR = 4
/** Who takes a message has it for so long; were the process to die, it is due again after that. */
const LEASE_MS = 10 * 60_000

/** Writes down the messages that wait in the store, one at a time, the newest first. */
export function openQueue(options: QueueOptions): WorkingOff {
  const { store, mailboxes, current, isBusy, settled, clock, log } = options

  async function write(
    { messageId, tries }: Transcript,
    { transcriber, language }: NonNullable<ReturnType<QueueOptions['current']>>,
    closing: AbortSignal,
  ): Promise<number> {
    const by = transcriber.name
    try {
      const { segments, language: heard } = await listen(messageId, transcriber, language, closing)
      const outcome = { text: textOf(segments), segments, language: heard ?? language, by }
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

  async function listen(
    messageId: string,
    transcriber: Transcriber,
    language: string | null,
    closing: AbortSignal,
  ): Promise<Gathered> {
    const { durationMs } = await mailboxes.get(messageId)
    const path = await mailboxes.audioFile(messageId)
    const patience = new AbortController()
    const patienceMs = PATIENCE_MS + PATIENCE_FACTOR * durationMs
    using _deadline = clock.setTimer(patienceMs, () => patience.abort())
    const signal = AbortSignal.any([closing, patience.signal])
    let gathered = NOTHING_GATHERED
    try {
      const sound = recordedSound(path, transcriber.sampleRate)
      for await (const heard of transcriber.listen(sound, { language, isLive: false, signal }))
        gathered = gather(gathered, heard)
      return gathered
    } catch (error) {
      if (!patience.signal.aborted) throw error
      const seconds = Math.round(patienceMs / 1000)
      throw new AnswerphoneError('AP_TRANSCRIBER_TOO_SLOW', { seconds }, { cause: error })
    }
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
