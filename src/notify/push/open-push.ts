import type { Clock, Timer } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { Reach } from '../../shared/reach.ts'
import type { FillNews, LockNews, PushSubscription } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { knownCaller, type NameOf, writtenNumber } from '../known-caller.ts'
import type { Push } from './news.ts'
import { type CallEvent, createNewsOfCalls, newsOfFill, newsOfLock, newsOfMessage } from './news-of-calls.ts'
import type { PushThread } from './open-push-thread.ts'
import type { PushOutcome } from './post-push.ts'
import type { VapidKeys } from './vapid-keys.ts'

/** What the machine tells, as far as it is pushed. */
export type ToldEvent =
  | CallEvent
  | { readonly kind: 'message-added'; readonly messageId: string }
  | ({ readonly kind: 'pin-locked' } & LockNews)
  | ({ readonly kind: 'filling' } & FillNews)

/** What else the machine tells is not for browsers that sleep. */
export const isForPush = <Event extends { readonly kind: string }>(
  event: Event,
): event is Extract<Event, ToldEvent> =>
  ['call-changed', 'call-ended', 'message-added', 'pin-locked', 'filling'].includes(event.kind)

/** Tells browsers of calls and messages by their push services (RFC 8030), though no page be open. */
export interface PushNotifier extends AsyncDisposable {
  /** With which browsers subscribe (RFC 8292 §3.2). */
  readonly publicKey: string
  /** Which push services it calls. */
  readonly reach: Reach
  /** Takes what the machine tells; a call never waits for it. */
  take(event: ToldEvent): void
  /** Sends something to try it out. Undefined: this session has no subscription. */
  test(sessionHash: string): Promise<PushOutcome | undefined>
}

export interface PushNotifierOptions {
  readonly store: Pick<Store, 'push' | 'messages' | 'lines' | 'transcripts'>
  readonly thread: PushThread
  readonly keys: VapidKeys
  readonly reach: Reach
  /** Where push services may write to who runs this machine (RFC 8292 §2.1): a mailto: or https: URI. */
  readonly contact: string
  readonly nameOf: NameOf
  /** False: do not disturb, and no ringing is told. */
  readonly mayRing: () => boolean
  /** Messages are told without a sound. */
  readonly isQuiet: () => boolean
  readonly clock: Clock
  readonly log: Log
}

/** When a push service could not take something, it is tried again after these times, as long as that makes sense. */
const AGAIN_AFTER_MS = [15_000, 120_000, 900_000]
/** What makes no sound in quiet hours. */
const SILENT_WHEN_QUIET: readonly string[] = ['message', 'pin-locked', 'filling']
/** For who has just switched it on, and looks. */
const TEST: Push = { news: { kind: 'test' }, ttlSeconds: 60, urgency: 'high', topic: 'test' }

export function openPush(options: PushNotifierOptions): PushNotifier {
  const { store, thread, keys, contact, nameOf, reach, mayRing, isQuiet, clock, log } = options
  const newsOfCalls = createNewsOfCalls()
  const timers = new Set<Timer>()
  const vapid = { subject: contact, ...keys }

  async function post(to: PushSubscription, { news, ...push }: Push): Promise<PushOutcome> {
    const { endpoint, p256dh, auth, language } = to
    const payload = JSON.stringify({
      ...news,
      language,
      ...(SILENT_WHEN_QUIET.includes(news.kind) && isQuiet() && { quiet: true }),
    })
    const outcome = await thread.post({ endpoint, p256dh, auth, payload, ...push, vapid })
    // The endpoint itself is a secret: who knows it can send to it.
    const facts = { service: URL.parse(endpoint)?.host, news: news.kind, ...outcome }
    if (outcome.kind === 'gone') await store.push.removeEndpoint(endpoint)
    if (outcome.kind === 'refused') log.warn(facts, 'a push was refused')
    else log.debug(facts, 'a push was sent')
    return outcome
  }

  async function deliver(to: PushSubscription, push: Push, attempt: number): Promise<void> {
    const { kind } = await post(to, push)
    const delayMs = AGAIN_AFTER_MS[attempt]
    if (kind !== 'later' || delayMs === undefined || delayMs >= push.ttlSeconds * 1000) return
    const timer = clock.setTimer(delayMs, () => {
      timers.delete(timer)
      // Meanwhile the browser may have gone.
      run(async () => {
        const still = (await store.push.list(clock.now())).find(({ endpoint }) => endpoint === to.endpoint)
        const ttlSeconds = push.ttlSeconds - Math.ceil(delayMs / 1000)
        if (still) await deliver(still, { ...push, ttlSeconds }, attempt + 1)
      })
    })
    timers.add(timer)
  }

  async function deliverAll(push: Push): Promise<void> {
    const all = await store.push.list(clock.now())
    await Promise.all(all.map((to) => deliver(to, push, 0)))
  }

  async function tellOfMessage(messageId: string): Promise<void> {
    const message = await store.messages.get(messageId)
    // Somebody picked up: that it was left is no news.
    if (message?.state !== 'new') return
    const line = await store.lines.get(message.lineId)
    const { callId, callerName, durationMs, ...caller } = knownCaller(message, nameOf)
    const callerNumber = writtenNumber(caller, line)
    const said = (await store.transcripts.get(messageId))?.text ?? ''
    const news = { callId, messageId, callerName, callerNumber, line: line?.name ?? '', durationMs, said }
    await deliverAll(newsOfMessage(news))
  }

  function run(act: () => Promise<void>): void {
    act().catch((error: unknown) => log.warn({ err: error }, 'news could not be pushed'))
  }

  return {
    publicKey: keys.publicKey,
    reach,
    take(event) {
      if (event.kind === 'message-added') return run(() => tellOfMessage(event.messageId))
      if (event.kind === 'pin-locked')
        return run(() => deliverAll(newsOfLock(event, nameOf(event.callerNumber))))
      if (event.kind === 'filling') return run(() => deliverAll(newsOfFill(event)))
      if (event.kind === 'call-changed' && event.call.phase === 'ringing' && !mayRing()) return
      const known =
        event.kind === 'call-changed' ? { ...event, call: knownCaller(event.call, nameOf) } : event
      const push = newsOfCalls(known, clock.now())
      if (push) run(() => deliverAll(push))
    },
    async test(sessionHash) {
      const to = (await store.push.list(clock.now())).find((each) => each.sessionHash === sessionHash)
      return to && post(to, TEST)
    },
    async [Symbol.asyncDispose]() {
      for (const timer of timers) timer.cancel()
      await thread[Symbol.asyncDispose]()
    },
  }
}
