import type { Timer } from '../../shared/clock.ts'
import { runMachine } from '../../shared/step.ts'
import { answerOptions } from '../agent/answer-options.ts'
import { allowOf, supportedOf } from '../agent/capabilities.ts'
import { inspect } from '../agent/inspect.ts'
import { advanceRemoteCSeq, belongs, type Dialog, refreshTarget } from '../dialog/dialog.ts'
import type { Body, InviteEvent, Login } from '../endpoint.ts'
import { buildResponse } from '../message/build.ts'
import type { SipResponse } from '../message/message.ts'
import { cseqOf, topVia } from '../message/read.ts'
import type { ReceivedRequest, ReceivedResponse, ServerTransaction } from '../transaction/layer.ts'
import type { Source } from '../transport/transport.ts'
import type { InviteContext } from './context.ts'
import type { Ask, Effect, Fact, HeaderList, Report, TimerName } from './fact.ts'
import { readFact, sessionOf } from './read-fact.ts'
import { timerInResponse } from './read-timer.ts'
import { sendInDialog } from './send-in-dialog.ts'
import type { SessionTimer } from './session-timer.ts'
import type { InviteState } from './state.ts'
import { stepInvite } from './step.ts'

/** Effects that concern the INVITE that made the dialog; each side carries out its own. */
export type FirstEffect = Extract<
  Effect,
  {
    kind:
      | 'provisional'
      | 'resend-provisional'
      | 'accept'
      | 'reject'
      | 'cancel'
      | 'ack'
      | 'prack'
      | 'invite-again'
  }
>

export interface InviteRole {
  readonly localTag: string
  /** The connection that the INVITE came or went by. */
  readonly flow: string | undefined
  /** Our Contact in this dialog. */
  readonly contact: string
  /** Whether the Call-ID is ours: it settles who waits longer after a glare (RFC 3261 §14.1). */
  readonly caller: boolean
  /** Our offer in the INVITE that made the dialog. */
  readonly offer?: Body
  /** Who we are where a request of ours is challenged, and by whom we let ourselves be asked. */
  readonly credentials?: Login | undefined
  mayAsk?(response: ReceivedResponse): boolean
  carryOut(effect: FirstEffect): void
  /** The call has ended: transactions linger for half a minute, and must not hold all of it for so long. */
  letGo?(): void
}

export interface ResponseParts {
  readonly headers?: HeaderList
  readonly body?: Body | undefined
  readonly timer?: SessionTimer | undefined
}

/** An INVITE's machine at work, with what both roles do alike. */
export interface InviteRunner {
  onEvent: (event: InviteEvent) => void
  /** Undefined for a caller whom nobody has answered yet. */
  dialog: Dialog | undefined
  readonly over: boolean
  send(fact: Fact): void
  /** Responds to a request within the dialog, or to the INVITE that makes it. */
  respond(transaction: ServerTransaction, status: number, parts?: ResponseParts): void
  receive(transaction: ServerTransaction): void
  acknowledge(ack: ReceivedRequest): void
  /** Sends a PRACK in the dialog. */
  prack(rack: string): void
  cutOff(flow: string): void
  stop(): void
}

/** Runs the machine of one INVITE over the transaction layer. `begin` holds what is to be done first. */
export function runInvite(
  context: InviteContext,
  role: InviteRole,
  begin: readonly [InviteState, readonly Effect[]],
): InviteRunner {
  const { layer, clock, random, timers, capabilities } = context
  const timersSet = new Map<TimerName, Timer>()
  const asks = new Map<Ask, ServerTransaction>()
  let lastAsk: Ask = 0
  /** The other side spoke by this one last: a phone that lost its connection goes on by another. */
  let { flow } = role
  let last2xx: { readonly response: SipResponse; readonly source: Source } | undefined
  let saidBye = false

  const carryOut = (effect: Effect): void => {
    switch (effect.kind) {
      case 'respond': {
        const transaction = asks.get(effect.ask)
        asks.delete(effect.ask)
        if (!transaction) return
        transaction.onTerminated = transaction.onCancelled = ignore
        const headers: HeaderList = [
          ...(effect.retryAfter ? [['Retry-After', String(random.uint32() % 11)] as const] : []),
          ...(effect.referSub === false ? [['Refer-Sub', 'false'] as const] : []),
          ...(effect.expiresSeconds === undefined
            ? []
            : [['Expires', String(effect.expiresSeconds)] as const]),
        ]
        return runner.respond(transaction, effect.status, { headers, body: effect.body, timer: effect.timer })
      }
      case 'resend-2xx':
        if (last2xx) layer.sendResponse(last2xx.response, last2xx.source)
        return
      case 'bye':
        saidBye = true
        return inDialog.bye(effect.headers, () => context.forget(role.localTag))
      case 'info':
        return inDialog.info(effect.body)
      case 'notify-refer':
        return inDialog.notifyRefer(effect)
      case 'refresh':
        return inDialog.refresh(effect.method, effect.timer)
      case 'set-timer':
        timersSet.get(effect.name)?.cancel()
        timersSet.set(
          effect.name,
          clock.setTimer(effect.delayMs, () => {
            timersSet.delete(effect.name)
            machine.send({ kind: 'timer', name: effect.name })
          }),
        )
        return
      case 'stop-timer':
        timersSet.get(effect.name)?.cancel()
        timersSet.delete(effect.name)
        return
      case 'stop-timers':
        return stopTimers()
      case 'report':
        return report(effect.report)
      default:
        return role.carryOut(effect)
    }
  }

  const report = (told: Report): void => {
    if (told.kind === 'renegotiate') {
      const { ask, body } = told
      return runner.onEvent({
        kind: 'renegotiate',
        ...(body && { body }),
        accept: (answer) => machine.send({ kind: 'agree', ask, ...(answer && { body: answer }) }),
        refuse: (status = 488) => machine.send({ kind: 'refuse', ask, status }),
      })
    }
    if (told.kind === 'refer') {
      const { ask, ...event } = told
      return runner.onEvent({
        ...event,
        accept() {
          machine.send({ kind: 'agree', ask })
          return { progress: (status: number) => machine.send({ kind: 'refer-progress', ask, status }) }
        },
        refuse: (status = 603) => machine.send({ kind: 'refuse', ask, status }),
      })
    }
    // A dialog that ends with our BYE stays until that is answered, for requests that crossed it.
    if (told.kind === 'ended' && !saidBye) context.forget(role.localTag)
    runner.onEvent(told)
    if (told.kind === 'ended') role.letGo?.()
  }

  const stopTimers = () => {
    for (const timer of timersSet.values()) timer.cancel()
    timersSet.clear()
  }

  const machine = runMachine<InviteState, Fact, Effect>(
    (state, fact) => stepInvite(state, fact, timers),
    begin[0],
    carryOut,
  )

  const runner: InviteRunner = {
    onEvent: () => {},
    dialog: undefined,
    get over() {
      return machine.state.kind === 'over'
    },
    send: machine.send,

    respond(transaction, status, { headers = [], body, timer } = {}) {
      const { request } = transaction
      const agreed = status >= 200 && status < 300 && REFRESHES_TARGET.has(request.method)
      const response = buildResponse(request, status, {
        toTag: role.localTag,
        headers: [
          ...(agreed ? session2xx() : []),
          ...(timer ? timerInResponse(timer) : []),
          ...headers,
          ...product(),
        ],
        body,
      })
      if (agreed && request.method === 'INVITE') last2xx = { response, source: request.source }
      // RFC 3261 §12.2.2, RFC 6141 §4: a request that changes nothing but the target is accepted for it as well.
      if (agreed && runner.dialog && belongs(runner.dialog, request))
        runner.dialog = refreshTarget(runner.dialog, request, topVia(request)?.host)
      if (agreed && body) inDialog.described = body
      transaction.respond(response)
    },

    receive(transaction) {
      const { request } = transaction
      if (!runner.dialog || !belongs(runner.dialog, request)) return runner.respond(transaction, 481)
      const advanced = advanceRemoteCSeq(runner.dialog, cseqOf(request)?.number ?? 0)
      if (!advanced) return runner.respond(transaction, 500) // RFC 3261 §12.2.2
      runner.dialog = advanced
      flow = request.source.flow
      if (request.method === 'OPTIONS') return transaction.respond(answerOptions(request, capabilities))
      const ask = ++lastAsk
      const fact = inspect(request, capabilities) ?? readFact(request, ask, capabilities)
      if (!('kind' in fact)) return runner.respond(transaction, fact.status, fact)
      asks.set(ask, transaction)
      transaction.onTerminated = () => asks.delete(ask)
      transaction.onCancelled = () => machine.send({ kind: 'withdrawn', ask })
      machine.send(fact)
    },

    acknowledge(ack) {
      if (!runner.dialog || !belongs(runner.dialog, ack)) return
      const body = sessionOf(ack, capabilities)
      machine.send({ kind: 'ack', cseq: cseqOf(ack)?.number ?? 0, ...(body && { body }) })
    },

    prack: (rack) => inDialog.prack(rack),

    cutOff(closed) {
      if (closed === flow) machine.send({ kind: 'cut-off' })
    },

    stop() {
      stopTimers()
      if (!runner.over) machine.send({ kind: 'close' })
    },
  }

  const session2xx = (): HeaderList => [
    ['Contact', role.contact],
    ['Allow', allowOf(capabilities)],
    ['Supported', supportedOf(capabilities)],
  ]
  const product = (): HeaderList => (capabilities.product ? [['Server', capabilities.product]] : [])

  const inDialog = sendInDialog(context, role, runner)
  inDialog.described = role.offer
  for (const effect of begin[1]) carryOut(effect)
  return runner
}

/** RFC 3261 §12.2, RFC 3311 §5.2, RFC 3515 §2.4.2, RFC 6665 §3.1 */
const REFRESHES_TARGET: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'REFER', 'SUBSCRIBE'])

const ignore = () => {}
