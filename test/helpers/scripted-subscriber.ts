import { bodyOf, branchOf, uriIn, writeRequest, writeResponse } from './sip-text.ts'
import { headerOf, type SipWire, statusOf } from './sip-wire.ts'

/** A NOTIFY that came. */
export interface Notification {
  readonly cseq: number
  /** Event as it was written. */
  readonly event: string
  /** `active`, `pending` or `terminated`, with its parameters. */
  readonly state: string
  readonly expires: number | undefined
  readonly reason: string | undefined
  readonly contentType: string | undefined
  readonly body: string
  /** The whole message. */
  readonly text: string
}

export interface SubscribeOptions {
  /** Request-URI and To. */
  readonly uri: string
  readonly event: string
  /** Seconds; no Expires header unless given. */
  readonly expires?: number
  /** The user part of From and Contact. */
  readonly user?: string
  /** Header lines to add to each SUBSCRIBE. */
  readonly headers?: readonly string[]
  /** Makes the Authorization that answers this challenge of a 401; without it 401 is a response like any other. */
  readonly authorize?: (challenge: string, uri: string) => string
}

export interface NotifyAnswer {
  readonly status: number
  /** Whole lines. */
  readonly headers?: readonly string[]
}

/** One subscription as its subscriber sees it. */
export interface ScriptedSubscription {
  readonly callId: string
  /** Final responses to its SUBSCRIBEs, in order. */
  readonly responses: readonly { readonly status: number; readonly text: string }[]
  /** In the order in which they came; one that comes again is answered again and kept once. */
  readonly notifies: readonly Notification[]
  readonly bodies: readonly string[]
  /** What a notifier must not do, and did: numbers that don't go up by one, a NOTIFY after the last, another event … */
  readonly faults: readonly string[]
  /** What a NOTIFY gets; 200 unless set. Undefined: no answer. */
  answer: (notification: Notification) => NotifyAnswer | undefined
  /** SUBSCRIBE once more, within the dialog once there is one. 0 unsubscribes. */
  refresh(expires?: number, headers?: readonly string[]): void
}

export interface ScriptedSubscriber {
  subscribe(options: SubscribeOptions): ScriptedSubscription
  /** NOTIFYs that no subscription asked for; they get 200. */
  readonly unsolicited: readonly Notification[]
  /** Requests other than NOTIFY, which get no answer. */
  readonly strays: readonly string[]
}

let made = 0
const token = () => `${Math.random().toString(36).slice(2, 10)}${made++}`

/**
 * A subscriber (RFC 6665 §4.1) that does what a test tells it, over real sockets or the memory network, written without a
 * line of `src/`. It repeats nothing: the network between must not lose.
 */
export function scriptedSubscriber(wire: SipWire): ScriptedSubscriber {
  const followed = new Map<string, (text: string, reply: (text: string) => void) => void>()
  const unsolicited: Notification[] = []
  const strays: string[] = []
  wire.onText = (text, reply) => {
    const take = followed.get(headerOf(text, 'Call-ID') ?? '')
    if (take) return take(text, reply)
    if (!text.startsWith('NOTIFY ')) return void strays.push(text)
    if (!unsolicited.some((known) => known.text === text)) unsolicited.push(readNotify(text))
    reply(writeResponse(text, 200))
  }
  return {
    unsolicited,
    strays,
    subscribe(options) {
      const { subscription, take } = follow(wire, options)
      followed.set(subscription.callId, take)
      subscription.refresh(options.expires)
      return subscription
    },
  }
}

function follow(
  wire: SipWire,
  { uri, event, user = 'kitchen', headers = [], authorize }: SubscribeOptions,
): {
  readonly subscription: ScriptedSubscription
  readonly take: (text: string, reply: (text: string) => void) => void
} {
  const callId = `${token()}@${wire.host}`
  const here = `${wire.host}:${wire.port}`
  const transport = wire.transport === 'tcp' ? ';transport=tcp' : ''
  const from = `<sip:${user}@${wire.host}>;tag=${token()}`
  const responses: { status: number; text: string }[] = []
  const notifies: Notification[] = []
  const faults: string[] = []
  const answers = new Map<string, NotifyAnswer | undefined>()
  let to = `<${uri}>`
  let target = uri
  let cseq = 0
  let latest: { readonly expires: number | undefined; readonly headers: readonly string[] } | undefined

  const send = (expires: number | undefined, extra: readonly string[]): void => {
    const lines = [
      `Via: SIP/2.0/${wire.transport.toUpperCase()} ${here};branch=z9hG4bK${token()};rport`,
      'Max-Forwards: 70',
      `From: ${from}`,
      `To: ${to}`,
      `Call-ID: ${callId}`,
      `CSeq: ${++cseq} SUBSCRIBE`,
      `Contact: <sip:${user}@${here}${transport}>`,
      `Event: ${event}`,
      ...(expires === undefined ? [] : [`Expires: ${expires}`]),
      ...headers,
      ...extra,
    ]
    wire.send(writeRequest('SUBSCRIBE', target, { headers: lines }))
  }

  const takeResponse = (text: string): void => {
    const status = statusOf(text)
    if (status < 200) return
    const challenge = status === 401 ? headerOf(text, 'WWW-Authenticate') : undefined
    if (challenge !== undefined && authorize && latest) {
      const { expires, headers: before } = latest
      latest = undefined // Once: a second 401 means that the password is wrong.
      return send(expires, [...before, `Authorization: ${authorize(challenge, target)}`])
    }
    if (status < 300) {
      to = headerOf(text, 'To') ?? to
      target = uriIn(headerOf(text, 'Contact')) ?? target
    }
    responses.push({ status, text })
  }

  const takeNotify = (text: string, reply: (text: string) => void): void => {
    const branch = branchOf(text)
    if (!answers.has(branch)) {
      const notification = readNotify(text)
      note(notification)
      answers.set(branch, subscription.answer(notification))
    }
    const answer = answers.get(branch)
    if (answer !== undefined) reply(writeResponse(text, answer.status, answer))
  }

  const note = (notification: Notification): void => {
    const last = notifies.at(-1)
    const { state, cseq: number, event: named } = notification
    if (last && number !== last.cseq + 1) faults.push(`NOTIFY ${number} after ${last.cseq}`)
    if (last?.state.startsWith('terminated')) faults.push(`NOTIFY ${number} after the last one`)
    if (named !== event) faults.push(`NOTIFY ${number} is about ${named}`)
    if (!/^(active|pending);expires=\d+$|^terminated(;reason=[a-z]+)?$/.test(state))
      faults.push(`NOTIFY ${number} with Subscription-State ${state}`)
    if (headerOf(notification.text, 'Contact') === undefined) faults.push(`NOTIFY ${number} without Contact`)
    // The NOTIFY may overtake the 200, and makes the dialog then (RFC 6665 §4.1.2.4).
    if (!to.includes(';tag=')) to = headerOf(notification.text, 'From') ?? to
    notifies.push(notification)
  }

  const subscription: ScriptedSubscription = {
    callId,
    responses,
    notifies,
    get bodies() {
      return notifies.map(({ body }) => body)
    },
    faults,
    answer: () => ({ status: 200 }),
    refresh(expires, extra = []) {
      latest = { expires, headers: extra }
      send(expires, extra)
    },
  }
  return {
    subscription,
    take(text, reply) {
      if (text.startsWith('SIP/2.0 ')) takeResponse(text)
      else if (text.startsWith('NOTIFY ')) takeNotify(text, reply)
    },
  }
}

function readNotify(text: string): Notification {
  const state = headerOf(text, 'Subscription-State') ?? ''
  const expires = /;expires=(\d+)/.exec(state)?.[1]
  return {
    cseq: Number(/^\d+/.exec(headerOf(text, 'CSeq') ?? '')?.[0] ?? Number.NaN),
    event: headerOf(text, 'Event') ?? '',
    state,
    expires: expires === undefined ? undefined : Number(expires),
    reason: /;reason=([a-z]+)/.exec(state)?.[1],
    contentType: headerOf(text, 'Content-Type'),
    body: Buffer.from(bodyOf(text), 'latin1').toString('utf8'),
    text,
  }
}
