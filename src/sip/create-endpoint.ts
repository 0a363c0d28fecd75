import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Random } from '../shared/random.ts'
import { answerOptions } from './agent/answer-options.ts'
import { type CapabilityOptions, capabilitiesOf } from './agent/capabilities.ts'
import { inspect, type Refusal } from './agent/inspect.ts'
import { sendWithLogin } from './agent/send-with-login.ts'
import { createStunClient } from './agent/stun-client.ts'
import { dialogOfRequest } from './dialog/dialog.ts'
import type { Endpoint, EndpointEvents } from './endpoint.ts'
import type { DialogUser, InviteContext } from './invite/context.ts'
import { takeInvite } from './invite/incoming.ts'
import { sendInvite } from './invite/outgoing.ts'
import { INTERVAL_TOO_SMALL } from './invite/read-fact.ts'
import { readTimer } from './invite/read-timer.ts'
import { agreeTimer } from './invite/session-timer.ts'
import { buildResponse } from './message/build.ts'
import { fromOf, tagOf, toOf, topVia } from './message/read.ts'
import { readSubscribe } from './subscription/read-subscribe.ts'
import { takeSubscribe } from './subscription/take-subscribe.ts'
import { createTransactionLayer, type TransactionLimits } from './transaction/create-layer.ts'
import type { ReceivedRequest, ServerTransaction } from './transaction/layer.ts'
import type { Tap } from './transaction/tap.ts'
import { defaultTimers, type SipTimers } from './transaction/timers.ts'
import {
  type Destination,
  isWebSocket,
  type SocketAddress,
  type Source,
  type Transport,
  type TransportEvents,
} from './transport/transport.ts'

export interface EndpointOptions extends CapabilityOptions {
  readonly events: EndpointEvents
  readonly clock: Clock
  readonly random: Random
  /** Who is answered at all; everybody unless given. Others get no response whatever. */
  readonly admits?: (source: Source) => boolean
  readonly timers?: Partial<SipTimers> | undefined
  readonly limits?:
    | (Partial<TransactionLimits> & { readonly dialogs?: number; readonly subscriptions?: number })
    | undefined
  /** The address to name in Via and Contact instead of the local one. */
  readonly publicAddress?: string | undefined
  /** How this peer sees us, where it has told and a NAT is between: what the Contact of a dialog with it names. */
  readonly seenBy?: ((peer: Destination) => SocketAddress | undefined) | undefined
  /** Sees what is said. */
  readonly tap?: Tap | undefined
  readonly log?: Log
}

/** An endpoint to which transports are attached once they are open: they need `receive` to open. */
export interface AttachableEndpoint extends Endpoint {
  readonly receive: TransportEvents
  attach(transport: Transport): void
}

/** Dialogs of INVITEs at a time; past it an INVITE gets 503. */
const MAX_DIALOGS = 20_000

/** Subscriptions at a time; past it a SUBSCRIBE gets 503. */
const MAX_SUBSCRIPTIONS = 10_000

/** The form of the tags that we make. */
const OUR_TAG = /^[0-9a-f]{16}$/

/** How long a caller whom we turn away for load should wait (RFC 3261 §20.33), in seconds. */
const UNAVAILABLE: Refusal = { status: 503, headers: [['Retry-After', '10']] }

/** Puts transports, transactions and dialogs together to a user agent (RFC 3261 §8.2, §11, §12, §13). */
export function createEndpoint(options: EndpointOptions): AttachableEndpoint {
  const { events, clock, random, admits = () => true, limits = {} } = options
  const timers = { ...defaultTimers, ...options.timers }
  const capabilities = capabilitiesOf(options)
  /** By our tag, which is unique. */
  const dialogs = new Map<string, DialogUser>()
  /** The tags of those that are subscriptions: they must not take the callers' places. */
  const subscriptions = new Set<string>()
  /** Draining: which requests are taken all the same. */
  let exempt: ((request: ReceivedRequest) => boolean) | undefined

  const layer = createTransactionLayer({
    clock,
    random,
    timers,
    limits,
    publicAddress: options.publicAddress,
    tap: options.tap,
    ...(options.log && { log: options.log }),
    events: {
      admits,
      screen(transaction) {
        const { request } = transaction
        if (userOf(request)) return true
        const tag = tagOf(toOf(request))
        // RFC 3261 §12.2.2: a tag of our making is from before a restart, and that dialog is gone. An INVITE with a tag
        // that we never made may be accepted, and is (RFC 4475 §3.1.1.1).
        const takesTag = tag === undefined || (request.method === 'INVITE' && !OUR_TAG.test(tag))
        if (takesTag) return events.guard?.(transaction) !== false
        // Anybody may send these, and no guard is asked: they must not fill the memory, nor be answered more than once.
        transaction.dismiss(buildResponse(request, 481))
        return false
      },
      onRequest(transaction) {
        const user = userOf(transaction.request)
        if (user) user.receive(transaction)
        else receiveOutside(transaction)
      },
      onAck: (ack) => dialogs.get(tagOf(toOf(ack)) ?? '')?.acknowledge(ack),
      onStrayResponse: (response) => dialogs.get(tagOf(fromOf(response)) ?? '')?.stray(response),
      onStun: (bytes, from) => stun.receive(bytes, from),
      onClosed(source) {
        const { flow } = source
        // A TCP connection can be made again, from either side (RFC 5923).
        if (flow !== undefined && isWebSocket(source))
          for (const user of [...dialogs.values()]) user.cutOff?.(flow)
        events.onClosed?.(source)
      },
    },
  })
  const userOf = (request: ReceivedRequest) => dialogs.get(tagOf(toOf(request)) ?? '')
  const stun = createStunClient({ send: layer.sendBytes, clock, random })
  const context: InviteContext = {
    layer,
    clock,
    random,
    timers,
    capabilities,
    contactFor: (to) => options.seenBy?.(to) ?? layer.localFor(to),
    forget(localTag) {
      dialogs.delete(localTag)
      subscriptions.delete(localTag)
    },
  }

  function receiveOutside(transaction: ServerTransaction): void {
    const { request } = transaction
    switch (request.method) {
      case 'INVITE':
        return receiveInvite(transaction)
      case 'SUBSCRIBE':
        return capabilities.eventPackages.length > 0
          ? receiveSubscribe(transaction)
          : receiveOther(transaction)
      case 'OPTIONS': {
        // RFC 3261 §11.2: the status that an INVITE would get, so that a load balancer learns of the draining.
        const refusal = unavailable(request) ?? inspect(request, capabilities)
        if (refusal) return refuse(transaction, refusal)
        return transaction.respond(answerOptions(request, capabilities, random.token(8)))
      }
      case 'BYE':
      case 'INFO':
      case 'PRACK':
      case 'UPDATE': // RFC 3261 §15.1.2, RFC 3262 §3, RFC 3311 §5.2: there is no dialog for them.
        return refuse(transaction, inspect(request, capabilities) ?? { status: 481 })
      default:
        return receiveOther(transaction)
    }
  }

  function receiveOther(transaction: ServerTransaction): void {
    const { request } = transaction
    if (options.methods?.includes(request.method) && events.onRequest) return events.onRequest(transaction)
    refuse(transaction, inspect(request, capabilities) ?? { status: 405 })
  }

  function receiveInvite(transaction: ServerTransaction): void {
    const { request } = transaction
    const refusal = unavailable(request) ?? inspect(request, capabilities)
    if (refusal) return refuse(transaction, refusal)
    const agreement = agreeTimer(readTimer(request))
    if (agreement.kind === 'too-small') return refuse(transaction, INTERVAL_TOO_SMALL)
    const localTag = tagOf(toOf(request)) ?? random.token(8)
    const dialog = dialogOfRequest(request, localTag, topVia(request)?.host)
    if (!dialog) return refuse(transaction, { status: 400 })
    const timer = agreement.kind === 'agreed' ? agreement.timer : undefined
    const { invite, user } = takeInvite(context, { transaction, dialog, timer })
    dialogs.set(localTag, user)
    events.onInvite(invite)
  }

  function receiveSubscribe(transaction: ServerTransaction): void {
    const { request } = transaction
    const full = subscriptions.size >= (limits.subscriptions ?? MAX_SUBSCRIPTIONS)
    const refusal = isRefused(request) || full ? UNAVAILABLE : inspect(request, capabilities)
    if (refusal) return refuse(transaction, refusal)
    const wish = readSubscribe(request, capabilities)
    if ('status' in wish) return refuse(transaction, wish)
    const localTag = random.token(8)
    const dialog = dialogOfRequest(request, localTag, topVia(request)?.host)
    if (!dialog) return refuse(transaction, { status: 400 })
    const { subscription, user } = takeSubscribe(context, { transaction, dialog, wish })
    dialogs.set(localTag, user)
    subscriptions.add(localTag)
    if (events.onSubscribe) events.onSubscribe(subscription)
    else subscription.reject(489)
  }

  const isRefused = (request: ReceivedRequest) => exempt !== undefined && !exempt(request)

  function unavailable(request: ReceivedRequest): Refusal | undefined {
    const calls = dialogs.size - subscriptions.size
    return isRefused(request) || calls >= (limits.dialogs ?? MAX_DIALOGS) ? UNAVAILABLE : undefined
  }

  function refuse(transaction: ServerTransaction, { status, headers }: Refusal): void {
    transaction.respond(buildResponse(transaction.request, status, { toTag: random.token(8), headers }))
  }

  return {
    receive: layer.receive,
    attach: layer.attach,
    invite(inviteOptions) {
      const { invite, user, localTag } = sendInvite(context, inviteOptions)
      dialogs.set(localTag, user)
      return invite
    },
    request: (requestOptions, requestEvents) => sendWithLogin(context, requestOptions, requestEvents),
    keepAlive: layer.keepAlive,
    drop: layer.drop,
    localFor: layer.localFor,
    askStun: stun.ask,
    refuseNew(but = () => false) {
      exempt = but
    },
    get size() {
      return { dialogs: dialogs.size, transactions: layer.size }
    },
    async close() {
      stun.close()
      for (const user of [...dialogs.values()]) user.stop()
      dialogs.clear()
      subscriptions.clear()
      await layer.close()
    },
  }
}
