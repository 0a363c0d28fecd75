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

/** A server transaction as the layer sees it. */
export interface Served {
  readonly transaction: ServerTransaction
  /** The To tag of the last response that had one. */
  readonly toTag: string | undefined
  /** A final response was given. */
  readonly answered: boolean
  /** 2xx given: ACKs are the user's (RFC 6026 §7.1). */
  readonly accepted: boolean
  receive(kind: 'request' | 'ack'): void
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
  const alive = new Map<string, Served & { stop(): void }>()
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
    let toTag: string | undefined
    let answered = false
    let accepted = false

    const carryOut = (
      effect: Exclude<ServerEffect<string>, { kind: 'set-timer' | 'stop-timers' | 'terminated' }>,
    ) => {
      switch (effect.kind) {
        case 'send':
          lastSent = serialize(effect.response)
          wire.send(lastSent, to, onSendFailed)
          return
        case 'resend':
          if (lastSent) wire.send(lastSent, to)
          return
        case 'failed':
          transaction.onFailed(effect.why)
          return
        default:
          unreachable(effect)
      }
    }
    const onTerminated = () => {
      alive.delete(key)
      if (mergeKey !== undefined) merging.delete(mergeKey)
      transaction.onTerminated()
    }
    const isInvite = request.method === 'INVITE'
    const steps = wire.transportTo(to)?.reliable ? reliableSteps : unreliableSteps
    const invite = isInvite
      ? drive(clock, steps.invite, inviteServerStart, carryOut, onTerminated)
      : undefined
    const machine = invite ?? drive(clock, steps.nonInvite, nonInviteServerStart, carryOut, onTerminated)
    const onSendFailed = () => machine.send({ kind: 'transport-error' })

    const transaction: ServerTransaction = {
      request,
      respond(response: SipResponse) {
        if (answered) return
        toTag = tagOf(toOf(response)) ?? toTag
        answered = response.status >= 200
        accepted = answered && response.status < 300
        machine.send({ kind: 'respond', response })
      },
      onFailed: ignore,
      onCancelled: ignore,
      onTerminated: ignore,
    }
    if (mergeKey !== undefined) merging.add(mergeKey)
    alive.set(key, {
      transaction,
      get toTag() {
        return toTag
      },
      get answered() {
        return answered
      },
      get accepted() {
        return accepted
      },
      receive(kind) {
        if (kind === 'request') machine.send({ kind })
        else invite?.send({ kind })
      },
      stop: machine.stop,
    })
    // RFC 3261 §17.2.1 asks for 100 unless a response follows within 200 ms. It is sent at once: that needs no timer, stops
    // the caller's retransmissions soonest, and is the same whatever the user does next.
    if (isInvite) transaction.respond(buildResponse(request, 100))
    return transaction
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

const ignore = () => {}
