import type { Mailboxes } from '../mailbox/mailbox.ts'
import { within } from '../mailbox/within.ts'
import type { HearTake } from '../media/engine.ts'
import type { Clock, Timer } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { SaidName } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { textOf } from './gather.ts'
import { type LiveWords, openLiveWords, type Words } from './live/live-words.ts'
import { openQueue } from './queue.ts'
import { openSaidNames } from './said-names.ts'
import { DEFAULT_TRANSCRIPTION, type KeptTranscription, transcriberOf } from './settings.ts'
import type { Transcriber } from './transcriber.ts'

/** Writes down what callers say, while they speak and afterwards. No call waits for any of it. */
export interface Transcription extends AsyncDisposable {
  readonly hearTake: HearTake
  readonly wordsOf: LiveWords['of']
  /** Tells of new words, at most five times a second for each call. Returns the unsubscribe. */
  watch(onWords: (callId: string, words: Words) => void): () => void
  /** How long news of a message wait for its words, in ms; 0: there will be none. */
  readonly waitMs: number
  /** Resolves when the words of a message are there, or there will be none, or they take too long: `mostMs`, where that is less. */
  ready(messageId: string, mostMs?: number): Promise<void>
  messageAdded(messageId: string): Promise<void>
  /**
   * Keeps the words of a name that was said at a gate, with its call: what was heard live, or else is heard from the recording.
   * Resolves to them; '': there are none. Never rejects.
   */
  nameSaid(callId: string, name: SaidName): Promise<string>
  callEnded(callId: string): void
}

export interface TranscriptionOptions {
  readonly store: Pick<Store, 'transcripts' | 'mails' | 'calls' | 'onChange'>
  readonly mailboxes: Pick<Mailboxes, 'get' | 'audioFile' | 'nameFile'>
  readonly kept: KeptTranscription
  /** For tests: who writes by which settings. */
  readonly open?: typeof transcriberOf
  readonly clock: Clock
  readonly log: Log
}

/** What is heard live is to be there by then, or it is heard again from the recording. */
const LIVE_LEASE_MS = 60_000
/** Between portions of older messages. */
const PAUSE_MS = 20

export async function openTranscription(options: TranscriptionOptions): Promise<Transcription> {
  const { store, mailboxes, kept, open = transcriberOf, clock, log } = options
  const watchers = new Set<(callId: string, words: Words) => void>()
  const waiting = new Set<{ readonly messageId: string; readonly resolve: () => void }>()
  let settings = DEFAULT_TRANSCRIPTION
  let transcriber: Transcriber | undefined
  let pause: Timer | undefined
  let closed = false

  const current = () => transcriber && { transcriber, language: settings.language }
  const settled = (messageId: string): void => {
    for (const each of waiting) if (each.messageId === messageId) each.resolve()
    // Its mails wait no longer.
    store.mails
      .hurry(clock.now(), messageId)
      .catch((error: unknown) => log.warn({ err: error, messageId }, 'mails go a little later'))
  }
  const live = openLiveWords({
    current: () => (settings.live ? current() : undefined),
    changed(callId, words) {
      for (const watcher of watchers) watcher(callId, words)
    },
    freed: () => queue.wake(),
    clock,
    log,
  })
  await load()
  const names = openSaidNames({ mailboxes, current, freed: () => queue.wake(), clock, log })
  const isBusy = () => live.isBusy || names.isBusy
  const queue = openQueue({ store, mailboxes, current, isBusy, settled, clock, log })
  catchUpBehind()
  const stopFollowing = store.onChange((tables) => {
    if (tables.size === 0 || tables.has('settings')) void reload()
  })

  async function load(): Promise<void> {
    const found = await kept.read()
    const key = found.serverUrl === null ? null : await kept.readKey(found.serverUrl)
    const before = transcriber
    settings = found
    transcriber = open(found, key, { models: kept.models, clock })
    await before?.close?.()
  }

  /** Messages whose rows were there when the machine died, and what is wanted since the settings changed. */
  async function catchUp(): Promise<void> {
    if (!transcriber || closed || (await store.transcripts.addMissing(settings.since, clock.now())) === 0)
      return
    // Calls are let through.
    pause?.cancel()
    if (!closed) pause = clock.setTimer(PAUSE_MS, catchUpBehind)
  }
  function catchUpBehind(): void {
    catchUp().catch((error: unknown) => log.error({ err: error }, 'older messages are not written down'))
  }

  async function reload(): Promise<void> {
    try {
      const before = JSON.stringify(settings)
      if (JSON.stringify(await kept.read()) === before) return
      await load()
      catchUpBehind()
      queue.wake()
    } catch (error) {
      log.error({ err: error }, 'the settings of the transcription can not be read; the last known ones stay')
    }
  }

  async function finishLive(messageId: string, by: Transcriber, heard: ReturnType<LiveWords['take']>) {
    const gathered = await heard
    if (!gathered) return void (await store.transcripts.settle(messageId, { nextAt: clock.now() }))
    const { segments, language } = gathered
    const said = { text: textOf(segments), segments, language: language ?? settings.language, by: by.name }
    if (by.hearsAgain)
      return void (await store.transcripts.settle(messageId, {
        state: 'partial',
        ...said,
        nextAt: clock.now(),
      }))
    await store.transcripts.settle(messageId, { state: 'done', ...said, nextAt: null, endedAt: clock.now() })
    settled(messageId)
  }

  return {
    hearTake: live.hearTake,
    wordsOf: live.of,
    watch(onWords) {
      watchers.add(onWords)
      return () => void watchers.delete(onWords)
    },
    get waitMs() {
      return transcriber ? settings.waitSeconds * 1000 : 0
    },
    async ready(messageId, mostMs = Number.POSITIVE_INFINITY) {
      if (!transcriber) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const wait = { messageId, resolve }
      // Before it is asked for, or what settles it meanwhile is missed.
      waiting.add(wait)
      try {
        const { state } = (await store.transcripts.get(messageId)) ?? {}
        if (state === 'done' || state === 'failed') resolve()
        await within(promise, Math.min(settings.waitSeconds * 1000, mostMs), clock)
      } finally {
        waiting.delete(wait)
      }
    },
    async messageAdded(messageId) {
      const by = transcriber
      if (!by) return
      const heard = live.take(messageId)
      try {
        await store.transcripts.add(messageId, clock.now() + (heard ? LIVE_LEASE_MS : 0))
        if (heard) await finishLive(messageId, by, heard)
      } catch (error) {
        // The next start finds it.
        log.error({ err: error, messageId }, 'what was said can not be kept now')
      }
    },
    async nameSaid(callId, name) {
      const gathered = await live.take(name.takeId)
      const words = gathered ? textOf(gathered.segments) : await names.hear(callId, name.durationMs)
      if (!words) return ''
      try {
        await store.calls.nameSaid(callId, { ...name, words })
      } catch (error) {
        log.error({ err: error, callId }, 'what was said as a name can not be kept now')
      }
      return words
    },
    callEnded: (callId) => live.callEnded(callId),
    async [Symbol.asyncDispose]() {
      closed = true
      pause?.cancel()
      stopFollowing()
      live.close()
      await names[Symbol.asyncDispose]()
      await queue[Symbol.asyncDispose]()
      await transcriber?.close?.()
    },
  }
}
