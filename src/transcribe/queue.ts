import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { Clock, Timer } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import type { Transcript } from '../store/transcript.ts'
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

export interface TranscriptionQueue extends AsyncDisposable {
  /** Something may be to do now. */
  wake(): void
}

/** What a message may take, besides what its length makes. */
const PATIENCE_MS = 60_000
/** Slower than this by its length, and messages come faster than they are written down. */
const PATIENCE_FACTOR = 4
/** Who takes a message has it for so long; were the process to die, it is due again after that. */
const LEASE_MS = 10 * 60_000
/** After a failure of the database. */
const STORE_PAUSE_MS = 30_000

/** Writes down the messages that wait in the store, one at a time, the newest first. */
export function openQueue(options: QueueOptions): TranscriptionQueue {
  const { store, mailboxes, current, isBusy, settled, clock, log } = options
  const closing = new AbortController()
  let timer: Timer | undefined
  let working: Promise<void> | undefined
  /** Something changed while it worked. */
  let again = false
  /** On the monotonic clock: the server is not asked before. */
  let restsUntil = 0

  const stopFollowing = store.onChange((tables) => {
    if (tables.size === 0 || tables.has('transcripts')) wake()
  })

  function wake(): void {
    timer?.cancel()
    again = working !== undefined
    if (again || closing.signal.aborted) return
    working = work()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'messages that wait to be written down can not be read; tried again')
        wakeAfter(STORE_PAUSE_MS)
      })
      .finally(() => {
        working = undefined
        if (again) wake()
      })
  }

  function wakeAfter(delayMs: number): void {
    timer?.cancel()
    if (!closing.signal.aborted) timer = clock.setTimer(delayMs, wake)
  }

  async function work(): Promise<void> {
    for (;;) {
      const due = await store.transcripts.nextAt()
      const writer = current()
      // Whoever ends what keeps it busy, or sets a transcriber up, wakes it.
      if (due === undefined || !writer || isBusy() || closing.signal.aborted) return
      const now = clock.now()
      const waitMs = Math.max(due - now, restsUntil - clock.monotonic())
      if (waitMs > 0) return wakeAfter(waitMs)
      const claimed = await store.transcripts.claim(now, now + LEASE_MS)
      if (claimed) await write(claimed, writer)
    }
  }

  async function write(
    { messageId, tries }: Transcript,
    { transcriber, language }: NonNullable<ReturnType<QueueOptions['current']>>,
  ): Promise<void> {
    const by = transcriber.name
    try {
      const { segments, language: heard } = await listen(messageId, transcriber, language)
      const outcome = { text: textOf(segments), segments, language: heard ?? language, by }
      const over = { nextAt: null, endedAt: clock.now(), problem: null, detail: '' }
      await store.transcripts.settle(messageId, { state: 'done', ...outcome, ...over })
      settled(messageId)
    } catch (error) {
      // Stopped in the middle: that was no try, and it goes first after the next start.
      if (closing.signal.aborted)
        return void (await store.transcripts.settle(messageId, { tries: tries - 1, nextAt: clock.now() }))
      await fail(messageId, tries, error)
    }
  }

  async function fail(messageId: string, tries: number, error: unknown): Promise<void> {
    const failure =
      error instanceof AnswerphoneError ? error : new AnswerphoneError('AP_INTERNAL', {}, { cause: error })
    log.warn({ messageId, tries, code: failure.code, err: error }, failure.message)
    restsUntil = clock.monotonic() + restAfter(failure.code)
    const pauseMs = nextTry(tries, failure.code)
    const now = clock.now()
    const { why = failure.message } = failure.details
    const problem = { problem: failure.code, detail: String(why) }
    if (pauseMs !== undefined)
      return void (await store.transcripts.settle(messageId, { nextAt: now + pauseMs, ...problem }))
    await store.transcripts.settle(messageId, { state: 'failed', nextAt: null, endedAt: now, ...problem })
    settled(messageId)
  }

  async function listen(
    messageId: string,
    transcriber: Transcriber,
    language: string | null,
  ): Promise<Gathered> {
    const { durationMs } = await mailboxes.get(messageId)
    const path = await mailboxes.audioFile(messageId)
    const patience = new AbortController()
    const patienceMs = PATIENCE_MS + PATIENCE_FACTOR * durationMs
    using _deadline = clock.setTimer(patienceMs, () => patience.abort())
    const signal = AbortSignal.any([closing.signal, patience.signal])
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

  wake()
  return {
    wake,
    async [Symbol.asyncDispose]() {
      stopFollowing()
      timer?.cancel()
      closing.abort()
      await working
    },
  }
}
