import type { Body, IncomingSubscription, TerminationReason } from '../../src/sip/endpoint.ts'
import { Headers } from '../../src/sip/message/headers.ts'
import type { FakeClock } from './fake-clock.ts'

interface Answer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly seconds?: number
}

/** A subscription without a network: what its notifier does is written down, and its subscriber does as it is told. */
export interface SubscriptionDouble {
  readonly subscription: IncomingSubscription
  /** How the SUBSCRIBE was answered: 200 and the limit, or the refusal. */
  readonly answer: Answer | undefined
  /** What left, with `clock.monotonic()`; `due`: because of a SUBSCRIBE, or as the last. */
  readonly notified: { readonly at: number; readonly body: string; readonly due: boolean }[]
  readonly endedBy: TerminationReason | undefined
  /** How long a NOTIFY is under way. */
  latencyMs: number
  /** From now on no NOTIFY is answered well: the next one ends the subscription. */
  broken: boolean
  refresh(): void
  unsubscribe(): void
  expire(): void
  readonly live: boolean
}

export interface DoubleOptions {
  readonly clock: FakeClock
  readonly event: string
  readonly uri: string
  readonly expiresSeconds?: number
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly onBody?: (body: string) => void
}

/** Keeps the promises of `IncomingSubscription`: one NOTIFY at a time, the newest waits, its body is made when it leaves. */
export function subscriptionDouble(options: DoubleOptions): SubscriptionDouble {
  const { clock, event, uri } = options
  let waiting: (() => Body) | undefined
  let last: (() => Body) | undefined
  let underWay = false
  let live = true
  let due = true

  const double = {
    answer: undefined as Answer | undefined,
    notified: [] as { at: number; body: string; due: boolean }[],
    endedBy: undefined as TerminationReason | undefined,
    latencyMs: 0,
    broken: false,
    get live() {
      return live
    },
    refresh() {
      if (!live || double.answer?.status !== 200) return
      due = true
      subscription.onRefreshed()
    },
    unsubscribe() {
      if (!live) return
      due = true
      if (last) write(last)
      over('unsubscribed')
    },
    expire: () => live && over('expired'),
  }
  const subscription: IncomingSubscription = {
    request: {
      kind: 'request',
      method: 'SUBSCRIBE',
      uri,
      headers: new Headers([['Event', event], ...(options.headers ?? [])]),
      body: Buffer.alloc(0),
      source: {
        transport: 'udp',
        address: '192.0.2.7',
        port: 5060,
        local: { address: '192.0.2.2', port: 5060 },
      },
    },
    event: (event.split(';', 1)[0] ?? '').trim().toLowerCase(),
    expiresSeconds: options.expiresSeconds ?? 3600,
    dialogId: { callId: 'subscription', localTag: 'l', remoteTag: 'r' },
    accept: (seconds) => answer({ status: 200, headers: [], seconds }),
    reject(status, headers) {
      answer({ status, headers: [...(headers ?? [])] })
      live = false
    },
    notify(makeBody) {
      if (!live || double.answer?.status !== 200) throw new Error('NOTIFY without a subscription')
      last = makeBody
      waiting = makeBody
      leave()
    },
    end(reason, makeBody) {
      if (!live) throw new Error('it is over')
      live = false
      double.endedBy = reason
      due = true
      const body = makeBody ?? last
      if (body) write(body)
    },
    onRefreshed: () => {},
    onEnded: () => {},
  }

  function answer(how: Answer): void {
    if (double.answer) throw new Error('answered twice')
    double.answer = how
  }
  function write(makeBody: () => Body): void {
    const body = makeBody().bytes.toString()
    double.notified.push({ at: clock.monotonic(), body, due })
    due = false
    options.onBody?.(body)
  }
  function leave(): void {
    if (underWay || !waiting || !live) return
    const makeBody = waiting
    waiting = undefined
    underWay = true
    write(makeBody)
    clock.setTimer(double.latencyMs, () => {
      underWay = false
      if (!live) return
      if (double.broken) return over('failed')
      if (subscription.expiresSeconds === 0) return over('unsubscribed')
      leave()
    })
  }
  function over(why: 'unsubscribed' | 'expired' | 'failed'): void {
    live = false
    subscription.onEnded(why)
  }
  return Object.assign(double, { subscription })
}
