import { allowOf, allows, supportedOf } from '../agent/capabilities.ts'
import { openLogin } from '../agent/login.ts'
import { type Dialog, refreshTarget } from '../dialog/dialog.ts'
import { requestInDialog } from '../dialog/request.ts'
import type { Body, Login } from '../endpoint.ts'
import { formatEvent } from '../message/event.ts'
import type { SipRequest } from '../message/message.ts'
import { cseqOf } from '../message/read.ts'
import { reasonOf } from '../message/reasons.ts'
import type { ClientTransactionEvents, ReceivedResponse } from '../transaction/layer.ts'
import type { Destination } from '../transport/transport.ts'
import type { InviteContext } from './context.ts'
import type { Effect, Fact, HeaderList } from './fact.ts'
import { bodyOf } from './read-fact.ts'
import { readTimer, timerInRefresh } from './read-timer.ts'
import { obeyTimer, type SessionTimer } from './session-timer.ts'

/** Requests of ours within a dialog. */
export interface InDialogSender {
  /** The session description that we last gave: a refresh by re-INVITE offers it again. */
  described: Body | undefined
  bye(headers: HeaderList, onDone: () => void): void
  info(body: Body): void
  /** @param rack the value of RAck (RFC 3262 §7.2) */
  prack(rack: string): void
  notifyRefer(notify: Extract<Effect, { kind: 'notify-refer' }>): void
  refresh(method: 'UPDATE' | 'INVITE', timer: SessionTimer): void
}

interface Speaker {
  dialog: Dialog | undefined
  send(fact: Fact): void
}

/** Sends requests within the dialog of `speaker`, and tells its machine what becomes of them. */
export function sendInDialog(
  context: InviteContext,
  role: {
    readonly contact: string
    readonly caller: boolean
    readonly credentials?: Login | undefined
    mayAsk?(response: ReceivedResponse): boolean
  },
  speaker: Speaker,
): InDialogSender {
  const { layer, random, capabilities } = context

  const request = (
    method: string,
    parts: { readonly headers?: HeaderList; readonly body?: Body | undefined },
    events: ClientTransactionEvents,
  ): void => {
    if (!speaker.dialog) return
    const login = role.credentials && openLogin(role.credentials, random)
    const { body } = parts
    const send = (dialog: Dialog, answers: HeaderList): void => {
      const cseq = dialog.localCSeq + 1
      const counted = { ...dialog, localCSeq: cseq }
      if (speaker.dialog?.remoteTag === dialog.remoteTag) speaker.dialog = counted
      const headers: HeaderList = [...(parts.headers ?? []), ...answers, ...product()]
      const { request, to } = requestInDialog(counted, { method, cseq, headers, body })
      layer.request(request, reachable(context, to, counted), {
        ...events,
        onFinal(response) {
          const wanted =
            role.mayAsk?.(response) && login?.answer(response, { method, uri: request.uri, body })
          if (!wanted) return events.onFinal(response)
          send(speaker.dialog?.remoteTag === dialog.remoteTag ? speaker.dialog : counted, wanted)
        },
      })
    }
    send(speaker.dialog, [])
  }
  const product = (): HeaderList => (capabilities.product ? [['User-Agent', capabilities.product]] : [])

  /** RFC 3261 §12.2.1.2: 408, 481 and silence end the dialog; every other refusal is `onRefused`'s. */
  const outcome = (
    onOk: (response: ReceivedResponse) => void,
    onRefused: (status: number) => void,
  ): ClientTransactionEvents => ({
    onProvisional: () => {},
    onFinal: ({ status, ...rest }) => {
      if (status < 300) onOk({ ...rest, status })
      else if (status === 408 || status === 481) speaker.send({ kind: 'dialog-lost', status })
      else onRefused(status)
    },
    onTimeout: () => speaker.send({ kind: 'dialog-lost', status: 408 }),
    onFailed: () => onRefused(503),
  })

  const onRefreshed = (response: ReceivedResponse, offered: Body | undefined) => {
    if (speaker.dialog) speaker.dialog = refreshTarget(speaker.dialog, response, undefined)
    const timer = obeyTimer(readTimer(response))
    const answer = offered && bodyOf(response)
    speaker.send({ kind: 'refreshed', ...(timer && { timer }), ...(answer && { body: answer }) })
  }

  const sender: InDialogSender = {
    described: undefined,
    bye(headers, onDone) {
      if (!speaker.dialog) return onDone()
      const done = { onProvisional: () => {}, onFinal: onDone, onTimeout: onDone, onFailed: onDone }
      request('BYE', { headers }, done)
    },
    prack(rack) {
      // Whatever becomes of it: the INVITE's own final response says how the call goes on.
      const events = { onProvisional: ignore, onFinal: ignore, onTimeout: ignore, onFailed: ignore }
      request('PRACK', { headers: [['RAck', rack]] }, events)
    },
    info(body) {
      request('INFO', { body }, outcome(ignore, ignore))
    },
    notifyRefer({ ask, id, status, seconds, ending }) {
      const notified = (taken: boolean) => () => speaker.send({ kind: 'refer-notified', ask, taken })
      request(
        'NOTIFY',
        {
          headers: [
            ['Contact', role.contact],
            ['Event', formatEvent({ package: 'refer', id: id === undefined ? undefined : String(id) })],
            ['Subscription-State', ending ? `terminated;reason=${ending}` : `active;expires=${seconds}`],
          ],
          // RFC 3515 §2.4.5, RFC 3420
          body: {
            contentType: 'message/sipfrag;version=2.0',
            bytes: Buffer.from(`SIP/2.0 ${status} ${reasonOf(status)}\r\n`),
          },
        },
        {
          onProvisional: ignore,
          // RFC 5057 §5.1: whatever a NOTIFY gets concerns the transfer alone, not the call.
          onFinal: (response) => notified(response.status < 300)(),
          onTimeout: notified(false),
          onFailed: notified(false),
        },
      )
    },
    refresh(method, timer) {
      const body = method === 'INVITE' ? sender.described : undefined
      let refreshed = false
      const headers: HeaderList = [
        ['Contact', role.contact],
        ['Allow', allowOf(capabilities)],
        ['Supported', supportedOf(capabilities)],
        ...timerInRefresh(timer),
      ]
      request(
        method,
        { headers, body },
        outcome(
          (response) => {
            if (method === 'INVITE' && speaker.dialog) acknowledge2xx(context, speaker.dialog, response)
            if (!refreshed) onRefreshed(response, body)
            refreshed = true
          },
          (status) => {
            // RFC 3261 §14.1: after a glare the owner of the Call-ID waits longer.
            const delayMs = (role.caller ? 2100 : 0) + (random.uint32() % (role.caller ? 190 : 200)) * 10
            speaker.send(
              status === 491 ? { kind: 'refresh-postponed', delayMs } : { kind: 'refresh-refused' },
            )
          },
        ),
      )
    },
  }
  return sender
}

/** ACKs a 2xx to an INVITE of ours, with the credentials that this had (RFC 3261 §13.2.2.4). */
export function acknowledge2xx(
  context: InviteContext,
  dialog: Dialog,
  response: ReceivedResponse,
  headers: HeaderList = [],
): void {
  const cseq = cseqOf(response)?.number ?? 0
  const { request, to } = requestInDialog(dialog, { method: 'ACK', cseq, headers })
  context.layer.sendStateless(request, reachable(context, to, dialog))
}

/** With which method the other side lets us refresh (RFC 4028 §7.4: UPDATE where it is allowed). */
export function refreshMethod(message: Pick<SipRequest, 'headers'>): 'UPDATE' | 'INVITE' {
  return allows(message, 'UPDATE') ? 'UPDATE' : 'INVITE'
}

/** The destination, or the way back when no transport of ours leads there. */
export function reachable({ layer }: InviteContext, to: Destination, { peer }: Dialog): Destination {
  return layer.localFor(to) ? to : peer
}

const ignore = () => {}
