import { buildRequest } from '../message/build.ts'
import { Headers } from '../message/headers.ts'
import type { SipRequest } from '../message/message.ts'
import type { Destination } from '../transport/transport.ts'
import { destinationOf } from './destination.ts'
import type { Dialog } from './dialog.ts'
import { route } from './route.ts'

export interface InDialogParts {
  readonly method: string
  readonly cseq: number
  /** Contact, capabilities and whatever the method needs. */
  readonly headers?: Iterable<readonly [name: string, value: string]>
  readonly body?: { readonly contentType: string; readonly bytes: Buffer } | undefined
}

/** A request within a dialog and where it goes (RFC 3261 §12.2.1.1). The Via is the transaction layer's. */
export function requestInDialog(
  dialog: Dialog,
  { method, cseq, headers = [], body }: InDialogParts,
): { readonly request: SipRequest; readonly to: Destination } {
  const { uri, routes, nextHop } = route(dialog.remoteTarget, dialog.routeSet)
  const all = new Headers()
  for (const value of routes) all.append('Route', value)
  all
    .append('Max-Forwards', '70')
    .append('From', `<${dialog.localUri}>;tag=${dialog.localTag}`)
    .append('To', `<${dialog.remoteUri}>${dialog.remoteTag === '' ? '' : `;tag=${dialog.remoteTag}`}`)
    .append('Call-ID', dialog.callId)
    .append('CSeq', `${cseq} ${method}`)
  for (const [name, value] of headers) all.append(name, value)
  return {
    request: buildRequest({ method, uri, headers: all, body }),
    to: destinationOf(nextHop, { source: dialog.peer, sentBy: dialog.peerSentBy }),
  }
}
