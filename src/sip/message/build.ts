import { Headers } from './headers.ts'
import type { SipRequest, SipResponse } from './message.ts'
import { tagOf, toOf } from './read.ts'
import { reasonOf } from './reasons.ts'

/** A body with the media type that goes into Content-Type. */
export interface MessageBody {
  readonly contentType: string
  readonly bytes: Buffer
}

export interface RequestParts {
  readonly method: string
  readonly uri: string
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body?: MessageBody | undefined
}

const EMPTY = Buffer.alloc(0)

/** A request of these parts. The headers are copied. */
export function buildRequest({ method, uri, headers, body }: RequestParts): SipRequest {
  const own = headers instanceof Headers ? headers.clone() : new Headers(headers)
  if (body !== undefined) own.set('Content-Type', body.contentType)
  return { kind: 'request', method, uri, headers: own, body: body?.bytes ?? EMPTY }
}

export interface ResponseOptions {
  /** The usual phrase unless given. */
  readonly reason?: string | undefined
  /** Added to To when the request's has none. */
  readonly toTag?: string | undefined
  readonly headers?: Iterable<readonly [name: string, value: string]> | undefined
  readonly body?: MessageBody | undefined
}

const DIALOG_FORMING = new Set(['INVITE', 'SUBSCRIBE', 'REFER', 'NOTIFY'])

/**
 * A response to this request (RFC 3261 §8.2.6), with what must be copied copied byte for byte. Of a header that wrongly
 * comes twice only the first is taken, and a broken request with headers missing gets a response without them.
 */
export function buildResponse(
  request: SipRequest,
  status: number,
  options: ResponseOptions = {},
): SipResponse {
  const headers = new Headers().copy('Via', request.headers)
  // RFC 3261 §12.1.1: a response that makes a dialog carries the route set back.
  if (status > 100 && status < 300 && DIALOG_FORMING.has(request.method)) {
    headers.copy('Record-Route', request.headers)
  }
  headers.copyFirst('From', request.headers)
  copyTo(headers, request, options.toTag)
  headers.copyFirst('Call-ID', request.headers).copyFirst('CSeq', request.headers)
  if (status === 100) headers.copyFirst('Timestamp', request.headers) // RFC 3261 §8.2.6.1
  for (const [name, value] of options.headers ?? []) headers.append(name, value)
  if (options.body !== undefined) headers.append('Content-Type', options.body.contentType)
  return {
    kind: 'response',
    status,
    reason: options.reason ?? reasonOf(status),
    headers,
    body: options.body?.bytes ?? EMPTY,
  }
}

/** RFC 3261 §8.2.6.2: To is copied, and gets our tag when it has none. */
function copyTo(headers: Headers, request: SipRequest, toTag: string | undefined): void {
  const to = toOf(request)
  if (toTag === undefined || to === undefined || tagOf(to) !== undefined) {
    headers.copyFirst('To', request.headers)
  } else {
    headers.copyFirst('To', request.headers, `;tag=${toTag}`)
  }
}
