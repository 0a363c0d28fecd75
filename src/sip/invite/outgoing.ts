import type { Timer } from '../../shared/clock.ts'
import { allowOf, supportedInInvite } from '../agent/capabilities.ts'
import { openLogin, realmsOf } from '../agent/login.ts'
import { formatContact } from '../dialog/contact.ts'
import { type Dialog, dialogOfResponse } from '../dialog/dialog.ts'
import { requestInDialog } from '../dialog/request.ts'
import { route } from '../dialog/route.ts'
import type { Body, InviteOptions, OutgoingInvite } from '../endpoint.ts'
import { buildRequest } from '../message/build.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { formatNameAddress } from '../message/name-address.ts'
import { cseqOf, fromOf, optionTags, tagOf, toOf } from '../message/read.ts'
import type { ClientTransaction, ReceivedResponse } from '../transaction/layer.ts'
import { type Destination, NOWHERE } from '../transport/transport.ts'
import type { DialogUser, InviteContext } from './context.ts'
import type { Fact, HeaderList } from './fact.ts'
import { bodyOf } from './read-fact.ts'
import { readTimer } from './read-timer.ts'
import { type FirstEffect, runInvite } from './run-invite.ts'
import { acknowledge2xx, refreshMethod } from './send-in-dialog.ts'
import { obeyTimer } from './session-timer.ts'

/** Early dialogs of one call: more forks than any proxy makes are not kept. */
const MOST_EARLY = 16

/** A server that has not even said 100 after so long is given up where there is another: somebody waits with a receiver. */
const PATIENCE_MS = 6000

/** Sends an INVITE (RFC 3261 §13.2) and keeps what comes of it, to the end of its dialog. */
export function sendInvite(
  context: InviteContext,
  options: InviteOptions,
): { readonly invite: OutgoingInvite; readonly user: DialogUser; readonly localTag: string } {
  const { layer, random, clock } = context
  const { credentials } = options
  const localTag = random.token(8)
  const callId = random.token(16)
  const places: readonly Destination[] = [options.to, ...(options.alternatives ?? [])]
  const early = new Map<string, { dialog: Dialog; answer?: Body }>()
  const askers = new Set<string>()
  let place = 0
  let cseq = 0
  let login = credentials && openLogin(credentials, random)
  let current: { readonly request: SipRequest; readonly transaction: ClientTransaction } | undefined
  let patience: Timer | undefined
  /** Sends the INVITE again. */
  let sendAgain = () => {}
  let winner:
    | { readonly dialog: Dialog; readonly response: ReceivedResponse; readonly proofs: HeaderList }
    | undefined

  const contactAt = (to: Destination) =>
    formatContact({
      uri: options.from.uri,
      transport: to.transport,
      local: context.contactFor(to) ?? NOWHERE,
      byFlow: options.byFlow,
    })

  const carryOut = (effect: FirstEffect): void => {
    switch (effect.kind) {
      case 'cancel':
        return current?.transaction.cancel(effect.headers)
      case 'ack':
        return winner && acknowledge2xx(context, winner.dialog, winner.response, winner.proofs)
      case 'prack':
        focus(effect.tag)
        return runner.prack(effect.rack)
      case 'invite-again':
        return sendAgain()
      default: // What only the side that is called does.
        return
    }
  }
  const role = {
    localTag,
    flow: options.to.flow,
    get contact() {
      return contactAt(places[place] ?? options.to)
    },
    caller: true,
    offer: options.body,
    credentials,
    /**
     * Within the dialog whoever was called could ask, too, and guess our password from the answer. So only who has asked
     * for the INVITE is answered again: the same realm, from the same place.
     */
    mayAsk: (response: ReceivedResponse) =>
      realmsOf(response).every((realm) => askers.has(askerOf(response, realm))),
    carryOut,
  }
  const runner = runInvite(context, role, [{ kind: 'calling', wish: 'connect' }, []])

  /** Lets requests of the early dialog with this tag find it, each with its own numbers. */
  function focus(tag: string | undefined): void {
    if (winner || tag === undefined) return
    const before = early.get(runner.dialog?.remoteTag ?? '')
    if (before && runner.dialog) before.dialog = runner.dialog
    runner.dialog = early.get(tag)?.dialog ?? runner.dialog
  }

  function send(proofs: HeaderList): void {
    cseq++
    early.clear()
    runner.dialog = undefined
    const to = places[place] ?? options.to
    const ours = { localTag, callId, cseq, contact: contactAt(to) }
    const request = firstInvite(context, options, ours, proofs)
    const isCurrent = () => current?.request === request
    const timer = place + 1 < places.length ? clock.setTimer(PATIENCE_MS, giveUp) : undefined
    const settled = () => timer?.cancel()
    patience = timer
    function giveUp(): void {
      if (!isCurrent()) return
      // Should it ring after all, it is told that nobody wants it any more.
      current?.transaction.cancel()
      instead(408, { kind: 'unanswered' })
    }
    // Set first: what fails at once is told before `request` returns.
    current = { request, transaction: { request, cancel: () => {} } }
    const transaction = layer.request(request, to, {
      onProvisional(response) {
        settled()
        if (isCurrent() && response.status !== 100) onProvisional(request, response)
      },
      onFinal(response) {
        settled()
        if (response.status < 300) return onSuccess(request, response, proofs)
        if (!isCurrent()) return
        const answers = login?.answer(response, { method: 'INVITE', uri: request.uri, body: options.body })
        if (answers) for (const realm of realmsOf(response)) askers.add(askerOf(response, realm))
        if (answers) return again(response.status, () => send(answers))
        const causes = response.headers.values('Reason')
        const refused: Fact = {
          kind: 'refused',
          status: response.status,
          ...(causes.length > 0 && { causes }),
        }
        if (response.status === 503) instead(503, refused)
        else runner.send(refused)
      },
      onTimeout() {
        if (isCurrent()) instead(408, { kind: 'unanswered' })
      },
      onFailed() {
        settled()
        if (isCurrent()) instead(503, { kind: 'transport-failed' })
      },
    })
    if (isCurrent()) current = { request, transaction }
  }

  function again(status: number, how: () => void): void {
    sendAgain = how
    runner.send({ kind: 'turned-away', status })
  }

  /** RFC 3263 §4.3: to the next place; without one, that's how it is. */
  function instead(status: number, last: Fact): void {
    if (place + 1 >= places.length) return runner.send(last)
    again(status, () => {
      place++
      // Its nonces are its own.
      login = credentials && openLogin(credentials, random)
      send([])
    })
  }

  function onProvisional(request: SipRequest, response: ReceivedResponse): void {
    if (winner) return
    const tag = tagOf(toOf(response))
    // RFC 3261 §12.1.2: with a tag it makes an early dialog, one for each fork.
    if (tag !== undefined && !early.has(tag) && early.size < MOST_EARLY)
      early.set(tag, { dialog: dialogOfResponse(request, response) })
    const known = early.get(tag ?? '')
    focus(tag)
    const body = sdpOf(response)
    if (known && body) known.answer = body
    const reliable = known && reliably(response)
    runner.send({
      kind: 'progress',
      status: response.status,
      ...(known && tag !== undefined && { tag }),
      ...(reliable && { reliable }),
      ...(body && { body }),
    })
  }

  const onSuccess = (request: SipRequest, response: ReceivedResponse, proofs: HeaderList): void => {
    const dialog = dialogOfResponse(request, response)
    if (winner?.dialog.remoteTag === dialog.remoteTag) {
      // RFC 3261 §13.2.2.4: each repetition of the 2xx means that our ACK was lost.
      return acknowledge2xx(context, winner.dialog, response, winner.proofs)
    }
    if (winner || runner.over) return refuseFork(context, dialog, response, proofs)
    focus(dialog.remoteTag)
    const before = early.get(dialog.remoteTag)
    const { localCSeq = cseq, remoteCSeq } = before ? (runner.dialog ?? dialog) : dialog
    // §13.2.2.4: the route set is that of the 2xx, all else as the early dialog had it.
    // Whoever was given up, and answers all the same, has answered: nobody else need.
    if (current?.request !== request) current?.transaction.cancel()
    winner = { dialog: { ...dialog, localCSeq, remoteCSeq }, response, proofs }
    runner.dialog = winner.dialog
    early.clear()
    // §13.2.1: an answer that came reliably before need not come again.
    const body = bodyOf(response) ?? before?.answer
    const timer = obeyTimer(readTimer(response))
    runner.send({
      kind: 'answered',
      refreshBy: refreshMethod(response),
      ...(body && { body }),
      ...(timer && { timer }),
    })
  }

  const invite: OutgoingInvite = {
    get dialogId() {
      return { callId, localTag, remoteTag: runner.dialog?.remoteTag }
    },
    get onEvent() {
      return runner.onEvent
    },
    set onEvent(onEvent) {
      runner.onEvent = onEvent
    },
    hangUp: (headers = []) => runner.send({ kind: 'hang-up', headers: [...headers] }),
    withdraw: (headers = []) => runner.send({ kind: 'withdraw', headers: [...headers] }),
    info: (body) => runner.send({ kind: 'send-info', body }),
  }
  const user: DialogUser = {
    receive(transaction) {
      focus(tagOf(fromOf(transaction.request)))
      runner.receive(transaction)
    },
    acknowledge: runner.acknowledge,
    stray(response) {
      if (response.status < 300 && current) onSuccess(current.request, response, winner?.proofs ?? [])
    },
    cutOff: runner.cutOff,
    stop() {
      patience?.cancel()
      runner.stop()
    },
  }
  send([])
  return { invite, user, localTag }
}

function firstInvite(
  { capabilities }: InviteContext,
  { uri, toUri = uri, routes = [], from, body, headers = [], reliable = false }: InviteOptions,
  ours: {
    readonly localTag: string
    readonly callId: string
    readonly cseq: number
    readonly contact: string
  },
  proofs: HeaderList,
) {
  const product: HeaderList = capabilities.product ? [['User-Agent', capabilities.product]] : []
  const routing = route(uri, routes)
  return buildRequest({
    method: 'INVITE',
    uri: routing.uri,
    headers: [
      ...routing.routes.map((value) => ['Route', value] as const),
      ['Max-Forwards', '70'],
      ['From', formatNameAddress({ ...from, params: new Map([...from.params, ['tag', ours.localTag]]) })],
      ['To', `<${toUri}>`],
      ['Call-ID', ours.callId],
      ['CSeq', `${ours.cseq} INVITE`],
      ['Contact', ours.contact],
      ['Allow', allowOf(capabilities)],
      ['Supported', supportedInInvite(capabilities, reliable)],
      ...headers,
      ...proofs,
      ...product,
    ],
    body,
  })
}

const askerOf = ({ source }: ReceivedResponse, realm: string) => `${source.address} ${realm}`

/** What is wanted in its PRACK (RFC 3262 §7.1); undefined where none is. */
function reliably(response: SipResponse): { readonly rseq: number; readonly cseq: number } | undefined {
  const rseq = /^\d{1,10}$/.exec(response.headers.first('RSeq') ?? '')?.[0]
  if (rseq === undefined || !optionTags(response, 'Require').includes('100rel')) return undefined
  return { rseq: Number(rseq), cseq: cseqOf(response)?.number ?? 0 }
}

function sdpOf(response: SipResponse): Body | undefined {
  const body = bodyOf(response)
  return body && /^application\/sdp\s*(;|$)/i.test(body.contentType) ? body : undefined
}

/** Another fork answered as well: it is acknowledged and hung up on at once (RFC 3261 §13.2.2.4). */
function refuseFork(
  context: InviteContext,
  dialog: Dialog,
  response: ReceivedResponse,
  proofs: HeaderList,
): void {
  acknowledge2xx(context, dialog, response, proofs)
  const { request, to } = requestInDialog(dialog, { method: 'BYE', cseq: dialog.localCSeq + 1 })
  const ignore = () => {}
  context.layer.request(request, to, {
    onProvisional: ignore,
    onFinal: ignore,
    onTimeout: ignore,
    onFailed: ignore,
  })
}
