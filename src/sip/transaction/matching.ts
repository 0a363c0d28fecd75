import type { SipRequest, SipResponse } from '../message/message.ts'
import { callIdOf, cseqOf, fromOf, tagOf, toOf, topVia } from '../message/read.ts'
import { formatVia, type Via } from '../message/via.ts'

/** RFC 3261 §8.1.1.7: a branch that begins so is unique in space and time. */
export const MAGIC_COOKIE = 'z9hG4bK'

/**
 * What a request is matched to a server transaction by (RFC 3261 §17.2.3). `method` is the transaction's: INVITE for
 * an ACK, and for the INVITE that a CANCEL means (§9.2). Nothing when the request can't be matched at all.
 */
export function serverKey(request: SipRequest, method: string): string | undefined {
  const via = topVia(request)
  if (!via) return undefined
  const branch = via.params.get('branch')
  if (branch?.startsWith(MAGIC_COOKIE)) return own(`${branch} ${sentBy(via)} ${method}`)
  return oldKey(request, via, method)
}

/**
 * RFC 2543 peers have no unique branch: Request-URI, From tag, Call-ID, CSeq number and the top Via together. The To tag
 * is left out, because within one Call-ID and From tag the CSeq number tells a re-INVITE from its INVITE already, and an
 * ACK bears the To tag of our response.
 */
function oldKey(request: SipRequest, via: Via, method: string): string | undefined {
  const cseq = cseqOf(request)
  if (!cseq) return undefined
  return own(
    `${request.uri} ${fromTag(request)} ${callIdOf(request)} ${cseq.number} ${formatVia(via)} ${method}`,
  )
}

/** RFC 3261 §17.1.3: a response belongs to the client transaction with its top branch and CSeq method. */
export function clientKey(response: SipResponse): string | undefined {
  const branch = topVia(response)?.params.get('branch')
  const method = cseqOf(response)?.method
  return branch && method ? `${branch} ${method}` : undefined
}

/**
 * Requests with the same From tag, Call-ID and CSeq but other branches took different ways to us: only the first is
 * served (RFC 3261 §8.2.2.2). Only requests outside a dialog (no To tag) can be merged.
 */
export function mergeKey(request: SipRequest): string | undefined {
  const cseq = cseqOf(request)
  if (tagOf(toOf(request)) !== undefined || !cseq) return undefined
  return own(`${callIdOf(request)} ${fromTag(request)} ${cseq.number} ${cseq.method}`)
}

function fromTag(request: SipRequest): string {
  return tagOf(fromOf(request)) ?? ''
}

function sentBy(via: Via): string {
  return via.port === undefined ? via.host : `${via.host}:${via.port}`
}

/** A copy: what was cut out of a message keeps the whole message's text in memory, and keys live for 32 s. */
function own(text: string): string {
  return Buffer.from(text).toString()
}
