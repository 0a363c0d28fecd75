import { Headers } from './headers.ts'
import type { SipMessage, SipRequest } from './message.ts'
import { scanHead } from './scan-head.ts'
import { parseStartLine } from './start-line.ts'
import { parseNumber } from './token.ts'

/** Why bytes are no message. */
export interface ParseFailure {
  readonly why: string
  /** The status to answer a request with. */
  readonly status: number
  /** What could be read, to answer with. Absent when the bytes are no request at all: then nothing is answered. */
  readonly request?: SipRequest
}

export type Parsed =
  | { readonly ok: true; readonly message: SipMessage }
  | { readonly ok: false; readonly failure: ParseFailure }

/** No head is longer than this; it is the largest datagram too. */
export const MAX_HEAD_BYTES = 65_535

const EMPTY = Buffer.alloc(0)

/**
 * Reads one message (RFC 3261 §7). A `datagram` ends the body where Content-Length is missing and may carry more bytes
 * than it says, which are dropped (§18.3); a message of a `stream` must have it. Never throws; linear in the length.
 * The body shares the memory of `bytes`.
 */
export function parseMessage(bytes: Buffer, framing: 'datagram' | 'stream'): Parsed {
  const from = skipLineBreaks(bytes)
  const head = scanHead(bytes.toString('latin1', from, Math.min(bytes.length, from + MAX_HEAD_BYTES)))
  const start = parseStartLine(head.startLine)
  if (start.kind === 'none') return { ok: false, failure: { why: start.why, status: 400 } }

  const headers = Headers.over(head.lines)
  const rest = bytes.subarray(from + head.end)
  const body = bodyOf(headers, rest, framing)
  const why = start.flaw ?? head.flaw ?? (typeof body === 'string' ? body : undefined)
  const bytesOfBody = typeof body === 'string' ? EMPTY : body
  if (start.kind === 'response') {
    if (why !== undefined) return { ok: false, failure: { why, status: 400 } }
    const { status, reason } = start
    return { ok: true, message: { kind: 'response', status, reason, headers, body: bytesOfBody } }
  }
  const { method, uri } = start
  const request: SipRequest = { kind: 'request', method, uri, headers, body: bytesOfBody }
  if (start.version !== '2.0') {
    return { ok: false, failure: { why: `SIP version ${start.version}`, status: 505, request } }
  }
  return why === undefined
    ? { ok: true, message: request }
    : { ok: false, failure: { why, status: 400, request } }
}

/** RFC 3261 §7.5: line breaks before the start line are ignored. */
function skipLineBreaks(bytes: Buffer): number {
  let at = 0
  while (bytes[at] === 0x0d || bytes[at] === 0x0a) at++
  return at
}

/** The body by Content-Length (RFC 3261 §18.3, §20.14), or what is wrong with that header. */
function bodyOf(headers: Headers, rest: Buffer, framing: 'datagram' | 'stream'): Buffer | string {
  const length = contentLength(headers)
  if (typeof length === 'string') return length
  if (length === undefined) return framing === 'datagram' ? rest : 'no Content-Length on a stream'
  if (length > rest.length) return 'Content-Length exceeds the message'
  return rest.length === length ? rest : rest.subarray(0, length)
}

/** The number in Content-Length, undefined without the header, or what is wrong with it. */
export function contentLength(headers: Headers): number | undefined | string {
  const values = headers.all('Content-Length')
  if (values.length > 1) return 'more than one Content-Length'
  const [text] = values
  if (text === undefined) return undefined
  return parseNumber(text, 2 ** 32 - 1) ?? 'Content-Length is no number'
}
