import type { Timer } from '../../shared/clock.ts'
import { runMachine, unreachable } from '../../shared/step.ts'
import { answerOptions } from '../agent/answer-options.ts'
import { allowEventsOf } from '../agent/capabilities.ts'
import { inspect } from '../agent/inspect.ts'
import { formatContact } from '../dialog/contact.ts'
import { advanceRemoteCSeq, belongs, type Dialog, refreshTarget } from '../dialog/dialog.ts'
import { requestInDialog } from '../dialog/request.ts'
import type { IncomingSubscription } from '../endpoint.ts'
import type { DialogUser, InviteContext } from '../invite/context.ts'
import type { Ask, HeaderList } from '../invite/fact.ts'
import { reachable } from '../invite/send-in-dialog.ts'
import { buildResponse } from '../message/build.ts'
import { formatEvent } from '../message/event.ts'
import { cseqOf, topVia } from '../message/read.ts'
import type { ServerTransaction } from '../transaction/layer.ts'
import type { Effect, Fact, TimerName } from './fact.ts'
import { notifyEvents } from './notify-outcome.ts'
import { readSubscribe, type Wish } from './read-subscribe.ts'
import type { SubscriptionState } from './state.ts'
import { stepSubscription } from './step.ts'

export interface Arrival {
  readonly transaction: ServerTransaction
  /** The dialog that our 200 makes. */
  readonly dialog: Dialog
  readonly wish: Wish
}

/** One SUBSCRIBE that came to us, from its arrival to the end of its dialog. */
export function takeSubscribe(
  context: InviteContext,
  { transaction, dialog: begun, wish }: Arrival,
): { readonly subscription: IncomingSubscription; readonly user: DialogUser } {
  const { layer, clock, timers, capabilities } = context
  const { request } = transaction
  const { callId, localTag, remoteTag } = begun
  const contact = formatContact({
    uri: request.uri,
    transport: request.source.transport,
    local: context.contactFor(request.source) ?? request.source.local,
  })
  let dialog = begun
  let lastAsk: Ask = 0
  const asks = new Map<Ask, ServerTransaction>([[lastAsk, transaction]])
  const timersSet = new Map<TimerName, Timer>()
  let expiresAt = 0

  const respond = (to: ServerTransaction, status: number, headers: HeaderList = []): void => {
    const product: HeaderList = capabilities.product ? [['Server', capabilities.product]] : []
    to.respond(buildResponse(to.request, status, { toTag: localTag, headers: [...headers, ...product] }))
  }

  const answer = (ask: Ask, status: number, headers: HeaderList = []): void => {
    const asked = asks.get(ask)
    asks.delete(ask)
    if (!asked) return
    // RFC 6665 §4.4.4: whoever is told that it can be had, or that it can't, is told what can.
    const events: HeaderList =
      status < 300 || status === 489 ? [['Allow-Events', allowEventsOf(capabilities)]] : []
    respond(asked, status, [...headers, ...events])
    // RFC 6665 §3.1: a SUBSCRIBE refreshes the target.
    if (status < 300) dialog = refreshTarget(dialog, asked.request, topVia(asked.request)?.host)
  }

  const notify = ({ makeBody, ending }: Extract<Effect, { kind: 'notify' }>): void => {
    const cseq = dialog.localCSeq + 1
    dialog = { ...dialog, localCSeq: cseq }
    const product: HeaderList = capabilities.product ? [['User-Agent', capabilities.product]] : []
    const { request: notification, to } = requestInDialog(dialog, {
      method: 'NOTIFY',
      cseq,
      headers: [
        ['Contact', contact],
        ['Event', formatEvent(wish.event)],
        ['Subscription-State', ending ? `terminated;reason=${ending}` : `active;expires=${secondsLeft()}`],
        ...product,
      ],
      body: makeBody?.(),
    })
    layer.request(
      notification,
      reachable(context, to, dialog),
      notifyEvents((outcome) => machine.send({ kind: 'notified', ...outcome })),
    )
  }
  const secondsLeft = () => Math.max(0, Math.ceil((expiresAt - clock.monotonic()) / 1000))

  const setTimer = (name: TimerName, delayMs: number): void => {
    timersSet.get(name)?.cancel()
    if (name === 'expire') expiresAt = clock.monotonic() + delayMs
    timersSet.set(
      name,
      clock.setTimer(delayMs, () => {
        timersSet.delete(name)
        machine.send({ kind: 'timer', name })
      }),
    )
  }
  const stopTimers = (): void => {
    for (const timer of timersSet.values()) timer.cancel()
    timersSet.clear()
  }

  const carryOut = (effect: Effect): void => {
    switch (effect.kind) {
      case 'respond':
        return answer(effect.ask, effect.status, effect.headers)
      case 'grant':
        return answer(effect.ask, 200, [
          ['Expires', String(effect.seconds)],
          ['Contact', contact],
        ])
      case 'notify':
        return notify(effect)
      case 'set-timer':
        return setTimer(effect.name, effect.delayMs)
      case 'stop-timers':
        return stopTimers()
      case 'report-refreshed':
        return subscription.onRefreshed()
      case 'report-ended':
        return subscription.onEnded(effect.why)
      case 'forget':
        return context.forget(localTag)
      default:
        return unreachable(effect)
    }
  }
  const machine = runMachine<SubscriptionState, Fact, Effect>(
    (state, fact) => stepSubscription(state, fact, timers),
    { kind: 'asked', ask: lastAsk, askedSeconds: wish.expiresSeconds },
    carryOut,
  )

  const subscription: IncomingSubscription = {
    request,
    event: wish.event.package.toLowerCase(),
    ...(wish.event.id !== undefined && { eventId: wish.event.id }),
    expiresSeconds: wish.expiresSeconds,
    dialogId: { callId, localTag, remoteTag },
    accept: (limitSeconds) => machine.send({ kind: 'accept', limitSeconds }),
    reject: (status, headers = []) => machine.send({ kind: 'reject', status, headers: [...headers] }),
    notify: (makeBody) => machine.send({ kind: 'notify', makeBody }),
    end: (reason, makeBody) => machine.send({ kind: 'end', reason, ...(makeBody && { makeBody }) }),
    onRefreshed: () => machine.send({ kind: 'notify-again' }),
    onEnded: () => {},
  }

  const receive = (asked: ServerTransaction): void => {
    const again = asked.request
    if (!belongs(dialog, again)) return respond(asked, 481)
    const advanced = advanceRemoteCSeq(dialog, cseqOf(again)?.number ?? 0)
    if (!advanced) return respond(asked, 500) // RFC 3261 §12.2.2
    dialog = advanced
    if (again.method === 'OPTIONS') return asked.respond(answerOptions(again, capabilities))
    const refusal = inspect(again, capabilities)
    if (refusal) return respond(asked, refusal.status, refusal.headers)
    // RFC 6665 §4.5.2: nobody shares this dialog, neither a call nor another subscription.
    if (again.method !== 'SUBSCRIBE') return respond(asked, 481)
    const wished = readSubscribe(again, capabilities)
    if ('status' in wished) return respond(asked, wished.status, wished.headers)
    if (formatEvent(wished.event) !== formatEvent(wish.event)) return respond(asked, 481)
    const ask = ++lastAsk
    asks.set(ask, asked)
    machine.send({ kind: 'subscribe', ask, askedSeconds: wished.expiresSeconds })
  }

  return {
    subscription,
    user: {
      receive,
      acknowledge: () => {},
      stray: () => {},
      stop() {
        stopTimers()
        machine.send({ kind: 'close' })
      },
    },
  }
}
