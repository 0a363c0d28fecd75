import type { Clock } from '../../shared/clock.ts'
import { unreachable } from '../../shared/step.ts'
import { buildResponse } from '../message/build.ts'
import type { SipResponse } from '../message/message.ts'
import { tagOf, toOf, topVia } from '../message/read.ts'
import { serialize } from '../message/serialize.ts'
import { responseDestination } from '../transport/via-routing.ts'
import { drive } from './drive.ts'
import type { ServerEffect } from './effects.ts'
import { inviteServerStart, inviteServerStep } from './invite-server.ts'
import type { ReceivedRequest, ServerTransaction } from './layer.ts'
import { nonInviteServerStart, nonInviteServerStep } from './non-invite-server.ts'
import type { SipTimers } from './timers.ts'
import type { Wire } from './wire.ts'

/** What the transaction's user asked to be told. */
type TransactionUser = Pick<ServerTransaction, 'onFailed' | 'onCancelled' | 'onTerminated'>

/**
 * A server transaction as the layer keeps it: without the request. After the final response it lives on for 32 s, and a
 * thousand calls a second would keep 64,000 of them.
 */
export interface Served {
  readonly user: TransactionUser
  /** The To tag of the last response that had one. */
  toTag: string | undefined
  /** A final response was given. */
  answered: boolean
  /** 2xx given: ACKs are the user's (RFC 6026 §7.1). */
  accepted: boolean
  receive(kind: 'request' | 'ack'): void
  /**
   * RFC 3261 §17.2.1 asks for 100 to an INVITE unless a response follows within 200 ms. It is sent at once: that needs no timer,
   * stops the caller's retransmissions soonest, and is the same whatever the user does next.
   */
  trying(): void
  stop(): void
}

/** The server transactions that are alive, by the key of `matching.ts`. */
export interface ServerTransactions {
  readonly size: number
  find(key: string): Served | undefined
  /** True while another transaction serves the same request that came by another way (RFC 3261 §8.2.2.2). */
  isMerged(mergeKey: string): boolean
  open(request: ReceivedRequest, key: string, mergeKey: string | undefined): ServerTransaction
  close(): void
}

export function createServerTransactions(clock: Clock, timers: SipTimers, wire: Wire): ServerTransactions {
  const alive = new Map<string, Served>()
  const merging = new Set<string>()
  const stepsFor = (reliable: boolean) => ({
    reliable,
    invite: inviteServerStep({ ...timers, reliable }),
    nonInvite: nonInviteServerStep({ ...timers, reliable }),
  })
  const reliableSteps = stepsFor(true)
  const unreliableSteps = stepsFor(false)

  function open(request: ReceivedRequest, key: string, mergeKey: string | undefined): ServerTransaction {
    const to = responseDestination(topVia(request), request.source)
    let lastSent: Buffer | undefined

    const carryOut = (
      effect: Exclude<ServerEffect<string>, { kind: 'set-timer' | 'stop-timers' | 'terminated' }>,
    ) => {
      switch (effect.kind) {
        case 'send': {
          const bytes = serialize(effect.response)
          // RFC 6026 §7.1: a 2xx to an INVITE is sent again by the user only.
          lastSent = served.accepted && invite ? undefined : bytes
          wire.send(bytes, to, onSendFailed)
          return
        }
        case 'resend':
          if (lastSent) wire.send(lastSent, to)
          return
        case 'failed':
          served.user.onFailed(effect.why)
          return
        default:
          unreachable(effect)
      }
    }
    const onTerminated = () => {
      alive.delete(key)
      if (mergeKey !== undefined) merging.delete(mergeKey)
      served.user.onTerminated()
    }
    const isInvite = request.method === 'INVITE'
    const steps = wire.transportTo(to)?.reliable ? reliableSteps : unreliableSteps
    const invite = isInvite
      ? drive(clock, steps.invite, inviteServerStart, carryOut, onTerminated)
      : undefined
    const machine = invite ?? drive(clock, steps.nonInvite, nonInviteServerStart, carryOut, onTerminated)
    const onSendFailed = () => machine.send({ kind: 'transport-error' })

    const served: Served = {
      user: { onFailed: ignore, onCancelled: ignore, onTerminated: ignore },
      toTag: undefined,
      answered: false,
      accepted: false,
      receive(kind) {
        if (kind === 'request') machine.send({ kind })
        else invite?.send({ kind })
      },
      trying() {
        if (isInvite) respond(buildResponse(request, 100))
      },
      stop: machine.stop,
    }
    const respond = (response: SipResponse) => {
      // Answered already, or gone with a closed layer.
      if (served.answered || alive.get(key) !== served) return
      served.toTag = tagOf(toOf(response)) ?? served.toTag
      served.answered = response.status >= 200
      served.accepted = served.answered && response.status < 300
      machine.send({ kind: 'respond', response })
    }
    const dismiss = (response?: SipResponse) => {
      if (served.answered || alive.get(key) !== served) return
      served.answered = true
      machine.stop()
      alive.delete(key)
      if (mergeKey !== undefined) merging.delete(mergeKey)
      if (response) wire.send(serialize(response), to)
      served.user.onTerminated()
    }
    if (mergeKey !== undefined) merging.add(mergeKey)
    alive.set(key, served)
    return new Handle(request, respond, dismiss, served.user)
  }

  return {
    get size() {
      return alive.size
    },
    find: (key) => alive.get(key),
    isMerged: (mergeKey) => merging.has(mergeKey),
    open,
    close() {
      for (const { stop } of alive.values()) stop()
      alive.clear()
      merging.clear()
    },
  }
}

/** The transaction as its user holds it; the table holds the callbacks alone, so that the request can go when the user lets go. */
class Handle implements ServerTransaction {
  readonly request: ReceivedRequest
  readonly respond: (response: SipResponse) => void
  readonly dismiss: (response?: SipResponse) => void
  readonly #user: TransactionUser

  constructor(
    request: ReceivedRequest,
    respond: (response: SipResponse) => void,
    dismiss: (response?: SipResponse) => void,
    user: TransactionUser,
  ) {
    this.request = request
    this.respond = respond
    this.dismiss = dismiss
    this.#user = user
  }

  get onFailed() {
    return this.#user.onFailed
  }
  set onFailed(callback) {
    this.#user.onFailed = callback
  }
  get onCancelled() {
    return this.#user.onCancelled
  }
  set onCancelled(callback) {
    this.#user.onCancelled = callback
  }
  get onTerminated() {
    return this.#user.onTerminated
  }
  set onTerminated(callback) {
    this.#user.onTerminated = callback
  }
}

const ignore = () => {}
