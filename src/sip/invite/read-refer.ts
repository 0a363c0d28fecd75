import type { Refusal } from '../agent/inspect.ts'
import { asRequestUri } from '../dialog/route.ts'
import { type DialogReference, parseDialogReference } from '../message/dialog-reference.ts'
import { unescapeUri } from '../message/escapes.ts'
import { eventOf } from '../message/event.ts'
import type { SipRequest } from '../message/message.ts'
import { parseNameAddress } from '../message/name-address.ts'
import { cseqOf, expiresOf } from '../message/read.ts'
import { parseTelUri } from '../message/tel-uri.ts'
import { parseSipUri, schemeOf } from '../message/uri.ts'
import type { Ask, Fact } from './fact.ts'

const BROKEN: Refusal = { status: 400 }

/** No implicit subscription is refreshed for less, in seconds. */
const LEAST_SECONDS = 60

/** What a REFER asks for, or why it is refused before our user hears of it. */
export function readRefer(request: SipRequest, ask: Ask): Extract<Fact, { kind: 'refer' }> | Refusal {
  const values = request.headers.values('Refer-To')
  const address = parseNameAddress(values[0] ?? '')
  // RFC 3515 §2.4.2: exactly one Refer-To.
  if (values.length !== 1 || !address) return BROKEN
  const target = readTarget(address.uri)
  if ('status' in target) return target
  const referredBy = request.headers.first('Referred-By')
  return {
    kind: 'refer',
    ask,
    cseq: cseqOf(request)?.number ?? 0,
    // RFC 4488 §4
    quiet: /^false\b/i.test(request.headers.first('Refer-Sub') ?? ''),
    ...target,
    ...(referredBy !== undefined && parseNameAddress(referredBy) && { referredBy }),
  }
}

/** Whom to call, and with which Replaces (RFC 3261 §19.1.1 headers, RFC 5589 §7). */
function readTarget(
  uri: string,
): { readonly referTo: string; readonly replaces?: DialogReference } | Refusal {
  const scheme = schemeOf(uri)
  if (scheme === 'tel') return parseTelUri(uri) ? { referTo: uri } : BROKEN
  if (scheme !== 'sip' && scheme !== 'sips') return { status: 416 }
  const parsed = parseSipUri(uri)
  if (!parsed) return BROKEN
  // We make calls for others, and nothing else.
  if ((parsed.params.get('method') ?? 'INVITE').toUpperCase() !== 'INVITE') return { status: 403 }
  const referTo = asRequestUri(uri)
  const values = headersNamed('replaces', parsed.headers ?? '')
  if (!values || values.length > 1) return BROKEN
  const [value] = values
  if (value === undefined) return { referTo }
  const replaces = parseDialogReference(value)
  return replaces ? { referTo, replaces } : BROKEN
}

/** Values of the headers of this name in a URI's header part; undefined when an escape is broken. */
function headersNamed(name: string, headers: string): string[] | undefined {
  const values: string[] = []
  for (const part of headers.split('&')) {
    const equals = part.indexOf('=')
    const named = unescapeUri(equals === -1 ? part : part.slice(0, equals))
    const value = unescapeUri(equals === -1 ? '' : part.slice(equals + 1))
    if (typeof named !== 'string' || typeof value !== 'string') return undefined
    if (named.toLowerCase() === name) values.push(value)
  }
  return values
}

/** A SUBSCRIBE within a call's dialog can only be about a transfer of it (RFC 3515 §2.4.4, RFC 6665 §4.5.2). */
export function readReferSubscribe(request: SipRequest, ask: Ask): Fact | Refusal {
  const event = eventOf(request)
  if (event?.package.toLowerCase() !== 'refer') return { status: 403 }
  const expires = expiresOf(request)
  if (expires !== undefined && expires > 0 && expires < LEAST_SECONDS)
    return { status: 423, headers: [['Min-Expires', String(LEAST_SECONDS)]] }
  const id = event.id === undefined ? undefined : Number(event.id)
  return {
    kind: 'refer-subscribe',
    ask,
    askedSeconds: expires ?? Number.POSITIVE_INFINITY,
    ...(id !== undefined && { id }),
  }
}
