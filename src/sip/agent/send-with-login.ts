import type { RequestOptions } from '../endpoint.ts'
import type { ClientTransactionEvents } from '../transaction/layer.ts'
import { openLogin } from './login.ts'
import { completeRequest, type SenderContext, sendRequest, type WholeRequest } from './send-request.ts'

/**
 * Sends a request, and again with the credentials where somebody on its way wants to know who we are: with the next CSeq
 * each time (RFC 3261 §22.2). What can't be answered is reported.
 */
export function sendWithLogin(
  context: SenderContext,
  options: RequestOptions,
  events: Partial<ClientTransactionEvents> = {},
): void {
  const { credentials, isStillWanted = () => true } = options
  const first = completeRequest(context, options)
  if (!credentials) return sendRequest(context, first, events)
  const login = openLogin(credentials, context.random)
  const headers = [...(first.headers ?? [])]

  const send = (request: WholeRequest): void =>
    sendRequest(context, request, {
      ...events,
      onFinal(response) {
        const answers = isStillWanted() ? login.answer(response, request) : undefined
        if (!answers) return events.onFinal?.(response)
        send({ ...request, cseq: request.cseq + 1, headers: [...headers, ...answers] })
      },
    })
  send(first)
}
