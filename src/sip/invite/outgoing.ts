import { allowOf, supportedInInvite } from '../agent/capabilities.ts'
import { formatContact } from '../dialog/contact.ts'
import { type Dialog, dialogOfResponse } from '../dialog/dialog.ts'
import { requestInDialog } from '../dialog/request.ts'
import { route } from '../dialog/route.ts'
import type { InviteOptions, OutgoingInvite } from '../endpoint.ts'
import { buildRequest } from '../message/build.ts'
import { formatNameAddress } from '../message/name-address.ts'
import { tagOf, toOf } from '../message/read.ts'
import type { ReceivedResponse } from '../transaction/layer.ts'
import { NOWHERE } from '../transport/transport.ts'
import type { DialogUser, InviteContext } from './context.ts'
import type { HeaderList, InviteOutcome } from './fact.ts'
import { bodyOf } from './read-fact.ts'
import { readTimer } from './read-timer.ts'
import { type FirstEffect, runInvite } from './run-invite.ts'
import { acknowledge2xx, refreshMethod } from './send-in-dialog.ts'
import { obeyTimer } from './session-timer.ts'

/** Sends an INVITE (RFC 3261 §13.2) and keeps what comes of it, to the end of its dialog. */
export function sendInvite(
  context: InviteContext,
  options: InviteOptions,
): { readonly invite: OutgoingInvite; readonly user: DialogUser; readonly localTag: string } {
  const { layer, random } = context
  const localTag = random.token(8)
  const callId = random.token(16)
  const contact = formatContact({
    uri: options.from.uri,
    transport: options.to.transport,
    local: context.contactFor(options.to) ?? NOWHERE,
  })
  const request = firstInvite(context, options, { localTag, callId, contact })
  let winner: { readonly dialog: Dialog; readonly response: ReceivedResponse } | undefined

  const carryOut = (effect: FirstEffect): void => {
    if (effect.kind === 'cancel') transaction.cancel(effect.headers)
    else if (effect.kind === 'ack' && winner) acknowledge2xx(context, winner.dialog, winner.response)
  }
  const runner = runInvite(
    context,
    { localTag, flow: options.to.flow, contact, caller: true, offer: options.body, carryOut },
    [{ kind: 'calling', wish: 'connect' }, []],
  )

  const onSuccess = (response: ReceivedResponse): void => {
    const dialog = dialogOfResponse(request, response)
    if (winner?.dialog.remoteTag === dialog.remoteTag) {
      // RFC 3261 §13.2.2.4: each repetition of the 2xx means that our ACK was lost.
      return acknowledge2xx(context, winner.dialog, response)
    }
    if (winner || runner.over) return refuseFork(context, dialog, response)
    winner = { dialog, response }
    runner.dialog = dialog
    const body = bodyOf(response)
    const timer = obeyTimer(readTimer(response))
    runner.send({
      kind: 'answered',
      refreshBy: refreshMethod(response),
      ...(body && { body }),
      ...(timer && { timer }),
    })
  }

  const transaction = layer.request(request, options.to, {
    onProvisional(response) {
      if (response.status === 100) return
      // RFC 3261 §12.1.2: with a tag it makes an early dialog; of several forks the last to speak counts.
      if (!winner && tagOf(toOf(response))) runner.dialog = dialogOfResponse(request, response)
      const body = bodyOf(response)
      runner.send({ kind: 'progress', status: response.status, ...(body && { body }) })
    },
    onFinal(response) {
      if (response.status < 300) onSuccess(response)
      else runner.send({ kind: 'refused', status: response.status } satisfies InviteOutcome)
    },
    onTimeout: () => runner.send({ kind: 'unanswered' }),
    onFailed: () => runner.send({ kind: 'transport-failed' }),
  })

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
    receive: runner.receive,
    acknowledge: runner.acknowledge,
    stray: (response) => {
      if (response.status < 300) onSuccess(response)
    },
    cutOff: runner.cutOff,
    stop: runner.stop,
  }
  return { invite, user, localTag }
}

function firstInvite(
  { capabilities }: InviteContext,
  { uri, toUri = uri, routes = [], from, body, headers = [] }: InviteOptions,
  ours: { readonly localTag: string; readonly callId: string; readonly contact: string },
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
      ['CSeq', '1 INVITE'],
      ['Contact', ours.contact],
      ['Allow', allowOf(capabilities)],
      ['Supported', supportedInInvite(capabilities)],
      ...headers,
      ...product,
    ],
    body,
  })
}

/** Another fork answered as well: it is acknowledged and hung up on at once (RFC 3261 §13.2.2.4). */
function refuseFork(context: InviteContext, dialog: Dialog, response: ReceivedResponse): void {
  acknowledge2xx(context, dialog, response)
  const { request, to } = requestInDialog(dialog, { method: 'BYE', cseq: dialog.localCSeq + 1 })
  const ignore = () => {}
  context.layer.request(request, to, {
    onProvisional: ignore,
    onFinal: ignore,
    onTimeout: ignore,
    onFailed: ignore,
  })
}
