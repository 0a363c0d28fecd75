import { allowOf } from '../agent/capabilities.ts'
import { referencesOf } from '../agent/references.ts'
import { formatContact } from '../dialog/contact.ts'
import type { Dialog } from '../dialog/dialog.ts'
import type { IncomingInvite } from '../endpoint.ts'
import { buildResponse } from '../message/build.ts'
import type { SipResponse } from '../message/message.ts'
import { expiresOf, optionTags } from '../message/read.ts'
import type { ServerTransaction } from '../transaction/layer.ts'
import type { DialogUser, InviteContext } from './context.ts'
import type { HeaderList } from './fact.ts'
import { proceed } from './proceeding.ts'
import { sessionOf } from './read-fact.ts'
import { type FirstEffect, runInvite } from './run-invite.ts'
import { refreshMethod } from './send-in-dialog.ts'
import type { SessionTimer } from './session-timer.ts'

export interface Arrival {
  readonly transaction: ServerTransaction
  /** The dialog that our first response with a tag makes. */
  readonly dialog: Dialog
  readonly timer?: SessionTimer | undefined
}

/** One INVITE that came to us, from its arrival to the end of its dialog. */
export function takeInvite(
  context: InviteContext,
  { transaction, dialog, timer }: Arrival,
): { readonly invite: IncomingInvite; readonly user: DialogUser } {
  const { random, capabilities } = context
  const { request } = transaction
  const { source } = request
  const { callId, localTag, remoteTag } = dialog
  // Every response is a function of the request and of constants: the caller learns nothing else from it.
  const contact = formatContact({
    uri: request.uri,
    transport: source.transport,
    local: context.contactFor(source) ?? source.local,
  })
  let lastProvisional: SipResponse | undefined

  const provisional = ({ status, body, rseq }: Extract<FirstEffect, { kind: 'provisional' }>) => {
    const reliable: HeaderList =
      rseq === undefined
        ? []
        : [
            ['Require', '100rel'],
            ['RSeq', String(rseq)],
          ]
    const product: HeaderList = capabilities.product ? [['Server', capabilities.product]] : []
    lastProvisional = buildResponse(request, status, {
      toTag: localTag,
      headers: [['Contact', contact], ['Allow', allowOf(capabilities)], ...reliable, ...product],
      body,
    })
    transaction.respond(lastProvisional)
  }

  const carryOut = (effect: FirstEffect): void => {
    switch (effect.kind) {
      case 'provisional':
        return provisional(effect)
      case 'resend-provisional':
        return lastProvisional && transaction.respond(lastProvisional)
      case 'accept':
        return runner.respond(transaction, 200, effect)
      case 'reject':
        return runner.respond(transaction, effect.status, effect)
      default: // What only a caller does.
        return
    }
  }

  const expires = expiresOf(request)
  const wantsReliable = optionTags(request, 'Require').includes('100rel')
  const offer = sessionOf(request, capabilities)
  const references = referencesOf(request, capabilities)
  const runner = runInvite(
    context,
    {
      localTag,
      flow: source.flow,
      contact,
      caller: false,
      carryOut,
      letGo() {
        // Not an arrow function of this scope, which would hold the scope.
        transaction.onCancelled = transaction.onFailed = ignore
      },
    },
    proceed({
      cseq: dialog.remoteCSeq ?? 0,
      offers: offer !== undefined,
      refreshBy: refreshMethod(request),
      // RFC 3262 §3: the first RSeq lies between 1 and 2^31 − 1.
      ...(wantsReliable && {
        rseq: 1 + (random.uint32() % (2 ** 31 - 1)),
      }),
      ...(expires !== undefined && { expiresMs: expires * 1000 }),
      ...(timer && { timer }),
    }),
  )
  runner.dialog = dialog
  transaction.onCancelled = (cancel) => runner.send({ kind: 'cancel', request: cancel })
  transaction.onFailed = (why) => {
    if (why === 'transport') runner.send({ kind: 'transport-failed' })
  }

  const invite: IncomingInvite = {
    request,
    ...(offer && { offer }),
    wantsEarlyOffer: wantsReliable && offer === undefined,
    dialogId: { callId, localTag, remoteTag },
    ...(references !== 'broken' && references),
    get onEvent() {
      return runner.onEvent
    },
    set onEvent(onEvent) {
      runner.onEvent = onEvent
    },
    ring: (body, status) => runner.send({ kind: 'ring', ...(body && { body }), ...(status && { status }) }),
    accept: (body) => runner.send({ kind: 'accept', body }),
    reject: (status, headers = []) => runner.send({ kind: 'reject', status, headers: [...headers] }),
    hangUp: (headers = []) => runner.send({ kind: 'hang-up', headers: [...headers] }),
  }
  return {
    invite,
    user: {
      receive: runner.receive,
      acknowledge: runner.acknowledge,
      stray: () => {},
      cutOff: runner.cutOff,
      stop: runner.stop,
    },
  }
}

const ignore = () => {}
