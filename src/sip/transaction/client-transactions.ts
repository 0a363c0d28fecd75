import type { Clock } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'
import { unreachable } from '../../shared/step.ts'
import type { SipRequest } from '../message/message.ts'
import { serialize } from '../message/serialize.ts'
import type { Destination } from '../transport/transport.ts'
import { ackFor, cancelFor, withVia } from './derived-requests.ts'
import { drive } from './drive.ts'
import { type InviteClientEffect, inviteClientStart, inviteClientStep } from './invite-client.ts'
import type { ClientTransaction, ClientTransactionEvents, ReceivedResponse } from './layer.ts'
import { clientKey, MAGIC_COOKIE } from './matching.ts'
import { nonInviteClientStart, nonInviteClientStep } from './non-invite-client.ts'
import type { SipTimers } from './timers.ts'
import type { Wire } from './wire.ts'

/** The client transactions that are alive. */
export interface ClientTransactions {
  readonly size: number
  request(request: SipRequest, to: Destination, events: ClientTransactionEvents): ClientTransaction
  /** Gives the response to its transaction; false when none waits for it. */
  receive(response: ReceivedResponse): boolean
  sendStateless(request: SipRequest, to: Destination): void
  close(): void
}

interface Asked {
  receive(response: ReceivedResponse): void
  stop(): void
}

type UserEffect = Exclude<InviteClientEffect, { kind: 'set-timer' | 'stop-timers' | 'terminated' }>

export function createClientTransactions(
  clock: Clock,
  random: Random,
  timers: SipTimers,
  wire: Wire,
): ClientTransactions {
  const alive = new Map<string, Asked>()
  const stepsFor = (reliable: boolean) => ({
    invite: inviteClientStep({ ...timers, reliable }),
    nonInvite: nonInviteClientStep({ ...timers, reliable }),
  })
  const reliableSteps = stepsFor(true)
  const unreliableSteps = stepsFor(false)
  const makeBranch = () => `${MAGIC_COOKIE}${random.token(12)}`

  /** Starts a transaction for a request that has its Via already. */
  function start(
    request: SipRequest,
    key: string,
    destination: Destination,
    events: ClientTransactionEvents,
  ): ClientTransaction {
    // A copy, whose identity tells whose sending failed.
    const to = { ...destination }
    const bytes = serialize(request)
    const branch = key.slice(0, key.indexOf(' '))
    let cancelHeaders: Iterable<readonly [string, string]> | undefined

    const carryOut = (effect: UserEffect) => {
      switch (effect.kind) {
        case 'send':
          // RFC 3261 §18.1.1 would move a request of more than 1300 bytes to TCP. It stays on UDP: providers that take UDP
          // reassemble fragments, and many listen on nothing else.
          return wire.send(bytes, to, onSendFailed)
        case 'send-ack':
          return wire.send(serialize(ackFor(request, effect.response)), to)
        case 'send-cancel':
          start(cancelFor(request, cancelHeaders), `${branch} CANCEL`, to, silent)
          return
        case 'pass-provisional':
          return events.onProvisional(effect.response)
        case 'pass-final':
          return events.onFinal(effect.response)
        case 'timed-out':
          return events.onTimeout()
        case 'failed':
          return events.onFailed(effect.error)
        default:
          return unreachable(effect)
      }
    }
    const onTerminated = () => void alive.delete(key)
    const steps = wire.transportTo(to)?.reliable ? reliableSteps : unreliableSteps
    const invite =
      request.method === 'INVITE'
        ? drive(clock, steps.invite, inviteClientStart, carryOut, onTerminated)
        : undefined
    const machine = invite ?? drive(clock, steps.nonInvite, nonInviteClientStart, carryOut, onTerminated)
    const onSendFailed = (error: Error) => machine.send({ kind: 'transport-error', error })

    alive.set(key, {
      receive: (response) => machine.send({ kind: 'response', response }),
      stop: machine.stop,
    })
    machine.send({ kind: 'start' })
    return {
      request,
      cancel(headers) {
        cancelHeaders ??= headers
        invite?.send({ kind: 'cancel' })
      },
    }
  }

  return {
    get size() {
      return alive.size
    },
    request(request, to, events) {
      const branch = makeBranch()
      return start(withVia(request, to, branch, wire.localFor(to)), `${branch} ${request.method}`, to, events)
    },
    receive(response) {
      const key = clientKey(response)
      const transaction = key === undefined ? undefined : alive.get(key)
      transaction?.receive(response)
      return transaction !== undefined
    },
    sendStateless(request, to) {
      wire.send(serialize(withVia(request, to, makeBranch(), wire.localFor(to))), to)
    },
    close() {
      for (const { stop } of alive.values()) stop()
      alive.clear()
    },
  }
}

/** Nobody waits for the response to a CANCEL (RFC 3261 §9.1): the INVITE's own final response says how it ended. */
const silent: ClientTransactionEvents = {
  onProvisional: () => {},
  onFinal: () => {},
  onTimeout: () => {},
  onFailed: () => {},
}
