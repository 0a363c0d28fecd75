import { answerChallenge } from '../auth/answer-challenge.ts'
import type { Login, RequestOptions } from '../endpoint.ts'
import type { SipResponse } from '../message/message.ts'
import type { ClientTransactionEvents } from '../transaction/layer.ts'
import { completeRequest, type SenderContext, sendRequest, type WholeRequest } from './send-request.ts'

/** 401: the registrar asks; 407: a proxy on the way does (RFC 3261 §22.2, §22.3). */
const ASKED = {
  401: { challenge: 'WWW-Authenticate', answer: 'Authorization' },
  407: { challenge: 'Proxy-Authenticate', answer: 'Proxy-Authorization' },
} as const

/** A proxy before the registrar, and a nonce of each that has just become stale. */
const MOST_ANSWERS = 4

/**
 * Sends a request, and again with the credentials where somebody on its way wants to know who we are. Whoever has refused
 * our answer is not asked again, unless it was the nonce that was stale (RFC 7616 §3.3): the refusal is reported.
 */
export function sendWithLogin(
  context: SenderContext,
  options: RequestOptions,
  events: Partial<ClientTransactionEvents> = {},
): void {
  const { credentials, isStillWanted = () => true } = options
  const first = completeRequest(context, options)
  if (!credentials) return sendRequest(context, first, events)
  const answers = new Map<string, string>()
  const headers = [...(first.headers ?? [])]

  const send = (request: WholeRequest): void =>
    sendRequest(context, request, {
      ...events,
      onFinal(response) {
        const cseq = request.cseq + 1
        const isDue = cseq - first.cseq <= MOST_ANSWERS && isStillWanted()
        const answer = isDue && answerTo(response, request, credentials, answers, context.random.token(8))
        if (!answer) return events.onFinal?.(response)
        answers.set(...answer)
        send({ ...request, cseq, headers: [...headers, ...answers] })
      },
    })
  send(first)
}

/** The header that answers a challenge; undefined where the response is none, or none that we can answer any better. */
function answerTo(
  { status, headers }: SipResponse,
  { method, uri, body }: WholeRequest,
  { user, password }: Login,
  before: ReadonlyMap<string, string>,
  cnonce: string,
): readonly [name: string, value: string] | undefined {
  if (status !== 401 && status !== 407) return undefined
  const { challenge, answer } = ASKED[status]
  const challenges = headers.all(challenge)
  if (before.has(answer) && !challenges.some((text) => /\bstale\s*=\s*"?true/i.test(text))) return undefined
  const value = answerChallenge({
    challenges,
    method,
    uri,
    user,
    password,
    cnonce,
    nonceCount: 1,
    ...(body && { body: body.bytes }),
  })
  return value === undefined ? undefined : [answer, value]
}
