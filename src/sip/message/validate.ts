import type { SipRequest, SipResponse } from './message.ts'
import {
  callIdOf,
  contactsOf,
  cseqOf,
  fromOf,
  maxForwardsOf,
  recordRoutesOf,
  routesOf,
  toOf,
  topVia,
} from './read.ts'
import { parseTelUri } from './tel-uri.ts'
import { parseSipUri, schemeOf } from './uri.ts'

/** How to refuse a request. */
export interface Refusal {
  readonly status: number
  readonly reason: string
  readonly headers?: [name: string, value: string][]
}

/**
 * Says what is wrong with a request that parses: the headers that it must have (RFC 3261 §8.1.1), each once and
 * readable, and a Request-URI that we understand (§8.2.2.1). Undefined when it may be processed. What a request without
 * a Via gets can't be sent anywhere but to where it came from.
 */
export function validateRequest(request: SipRequest): Refusal | undefined {
  const flaw = flawOfHeaders(request) ?? flawOfRequestHeaders(request)
  return flaw === undefined ? refuseUri(request.uri) : { status: 400, reason: `Bad Request (${flaw})` }
}

/** What is wrong with a response that parses: it is to be dropped (RFC 3261 §18.1.2). Undefined when nothing is. */
export function validateResponse(response: SipResponse): string | undefined {
  return flawOfHeaders(response)
}

const ONCE = ['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Type', 'Expires'] as const

function flawOfHeaders(message: SipRequest | SipResponse): string | undefined {
  // RFC 3261 §7.3.1: only headers that are lists may come more than once.
  for (const name of ONCE) if (message.headers.count(name) > 1) return `more than one ${name}`
  if (topVia(message) === undefined) return fault(message, 'Via')
  if (fromOf(message) === undefined) return fault(message, 'From')
  if (toOf(message) === undefined) return fault(message, 'To')
  if (callIdOf(message) === undefined) return fault(message, 'Call-ID')
  if (cseqOf(message) === undefined) return fault(message, 'CSeq')
  if (message.headers.has('Max-Forwards') && maxForwardsOf(message) === undefined)
    return fault(message, 'Max-Forwards')
  if (contactsOf(message) === undefined) return fault(message, 'Contact')
  if (recordRoutesOf(message) === undefined) return fault(message, 'Record-Route')
  return undefined
}

function flawOfRequestHeaders(request: SipRequest): string | undefined {
  // RFC 3261 §8.1.1.5: the method in CSeq is that of the request.
  if (cseqOf(request)?.method !== request.method) return 'CSeq of another method'
  // RFC 3261 §8.1.1.7: the magic cookie alone identifies nothing (RFC 4475 §3.2.1).
  if (/^z9hG4bK$/i.test(topVia(request)?.params.get('branch') ?? '')) return 'empty branch'
  if (routesOf(request) === undefined) return fault(request, 'Route')
  return undefined
}

function fault(message: SipRequest | SipResponse, name: string): string {
  return message.headers.has(name) ? `broken ${name}` : `no ${name}`
}

function refuseUri(uri: string): Refusal | undefined {
  const scheme = schemeOf(uri)
  if (scheme === 'tel' && parseTelUri(uri) !== undefined) return undefined
  if (scheme === 'sip' || scheme === 'sips') {
    const parsed = parseSipUri(uri)
    // RFC 3261 §19.1.1, table 1: a Request-URI carries no headers.
    if (parsed !== undefined && parsed.headers === undefined) return undefined
  } else if (scheme !== undefined && scheme !== 'tel') {
    return { status: 416, reason: 'Unsupported URI Scheme' } // RFC 3261 §8.2.2.1
  }
  return { status: 400, reason: 'Bad Request (Request-URI)' }
}
