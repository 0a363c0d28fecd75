import type { Random } from '../../shared/random.ts'
import { formatContact } from '../dialog/contact.ts'
import { route } from '../dialog/route.ts'
import type { RequestOptions } from '../endpoint.ts'
import { buildRequest } from '../message/build.ts'
import { Headers } from '../message/headers.ts'
import { formatNameAddress } from '../message/name-address.ts'
import type { ClientTransactionEvents, TransactionLayer } from '../transaction/layer.ts'
import { NOWHERE } from '../transport/transport.ts'
import type { Capabilities } from './capabilities.ts'

export interface SenderContext {
  readonly layer: TransactionLayer
  readonly random: Random
  readonly capabilities: Capabilities
}

/** A request that is whole but for what each sending of it has anew. */
export type WholeRequest = Omit<RequestOptions, 'credentials'> & {
  readonly callId: string
  readonly cseq: number
}

/** Fills in what the options leave open: the tag in From, Call-ID and CSeq. */
export function completeRequest({ random }: SenderContext, options: RequestOptions): WholeRequest {
  const { credentials: _, from, callId = random.token(16), cseq = 1, ...rest } = options
  const params = new Map(from.params)
  if (!params.get('tag')) params.set('tag', random.token(8))
  return { ...rest, from: { ...from, params }, callId, cseq }
}

/** Sends a request outside of any dialog, with all that RFC 3261 §8.1.1 wants of it. */
export function sendRequest(
  { layer, capabilities }: SenderContext,
  request: WholeRequest,
  events: Partial<ClientTransactionEvents> = {},
): void {
  const { method, to, from, callId, cseq, headers = [], body } = request
  const { uri, routes } = route(request.uri, request.routes ?? [])
  const all = new Headers()
  for (const value of routes) all.append('Route', value)
  all
    .append('Max-Forwards', '70')
    .append('From', formatNameAddress(from))
    .append('To', `<${request.toUri ?? request.uri}>`)
    .append('Call-ID', callId)
    .append('CSeq', `${cseq} ${method}`)
  for (const [name, value] of headers) all.append(name, value)
  if (!all.has('Contact')) {
    const local = layer.localFor(to) ?? NOWHERE
    all.append('Contact', formatContact({ uri: from.uri, transport: to.transport, local }))
  }
  if (capabilities.product) all.append('User-Agent', capabilities.product)
  layer.request(buildRequest({ method, uri, headers: all, body }), to, { ...SILENT, ...events })
}

const ignore = () => {}
const SILENT: ClientTransactionEvents = {
  onProvisional: ignore,
  onFinal: ignore,
  onTimeout: ignore,
  onFailed: ignore,
}
