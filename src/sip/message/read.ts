import type { Headers } from './headers.ts'
import type { SipMessage } from './message.ts'
import { type NameAddress, parseNameAddress } from './name-address.ts'
import { isToken, parseNumber } from './token.ts'
import { parseVia, type Via } from './via.ts'
import { isLws, skipLws } from './wire-text.ts'

/** Typed views of headers. Each is made once per message; undefined means absent or broken. */

const MAX_UINT32 = 2 ** 32 - 1

type HasHeaders = Pick<SipMessage, 'headers'>

export interface CSeq {
  readonly number: number
  readonly method: string
}

/** The topmost Via. */
export function topVia(message: HasHeaders): Via | undefined {
  return message.headers.read(readTopVia)
}

export function fromOf(message: HasHeaders): NameAddress | undefined {
  return message.headers.read(readFrom)
}

export function toOf(message: HasHeaders): NameAddress | undefined {
  return message.headers.read(readTo)
}

/** The tag of a From or To; undefined for none and for an empty one. */
export function tagOf(address: NameAddress | undefined): string | undefined {
  return address?.params.get('tag') || undefined
}

/** All contacts, `'*'` for `Contact: *` (RFC 3261 §10.2.2), an empty list for none; undefined when one is broken. */
export function contactsOf(message: HasHeaders): readonly NameAddress[] | '*' | undefined {
  return message.headers.read(readContacts)
}

/** Undefined too when the number exceeds 2^32 − 1 (RFC 3261 §20.16). */
export function cseqOf(message: HasHeaders): CSeq | undefined {
  return message.headers.read(readCSeq)
}

export function callIdOf(message: HasHeaders): string | undefined {
  return message.headers.first('Call-ID') || undefined
}

/** From 0 to 255 (RFC 3261 §20.22). */
export function maxForwardsOf(message: HasHeaders): number | undefined {
  return parseNumber(message.headers.first('Max-Forwards') ?? '', 255)
}

/** The route set that the request is to take; undefined when a value is broken. */
export function routesOf(message: HasHeaders): readonly NameAddress[] | undefined {
  return message.headers.read(readRoutes)
}

/** In wire order, topmost first; undefined when a value is broken. */
export function recordRoutesOf(message: HasHeaders): readonly NameAddress[] | undefined {
  return message.headers.read(readRecordRoutes)
}

/** The option tags of one of the headers that hold them, in lower case. */
export function optionTags(
  message: HasHeaders,
  name: 'Supported' | 'Require' | 'Proxy-Require' | 'Unsupported',
): readonly string[] {
  return message.headers.values(name).map((tag) => tag.toLowerCase())
}

/** Seconds. A number beyond 2^32 − 1 counts as that, for it means "long" (RFC 3261 §20.19). */
export function expiresOf(message: HasHeaders): number | undefined {
  return parseSeconds(message.headers.first('Expires'))
}

/** Seconds from a header or parameter, with the same limit. */
export function parseSeconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined
  return Math.min(Number(text), MAX_UINT32)
}

/** `type/subtype` of the body in lower case, without parameters. */
export function contentTypeOf(message: HasHeaders): string | undefined {
  const [type = ''] = (message.headers.first('Content-Type') ?? '').split(';', 1)
  const bare = type.replaceAll(' ', '').replaceAll('\t', '').toLowerCase()
  return bare === '' ? undefined : bare
}

const readFrom = (headers: Headers) => parseNameAddress(headers.first('From') ?? '')
const readTo = (headers: Headers) => parseNameAddress(headers.first('To') ?? '')
const readRoutes = (headers: Headers) => allAddresses(headers.values('Route'))
const readRecordRoutes = (headers: Headers) => allAddresses(headers.values('Record-Route'))

function readTopVia(headers: Headers): Via | undefined {
  const [top] = headers.firstValues('Via')
  return top === undefined ? undefined : parseVia(top)
}

function readContacts(headers: Headers): readonly NameAddress[] | '*' | undefined {
  const values = headers.values('Contact')
  return values.length === 1 && values[0] === '*' ? '*' : allAddresses(values)
}

function allAddresses(values: readonly string[]): readonly NameAddress[] | undefined {
  const addresses: NameAddress[] = []
  for (const value of values) {
    const address = parseNameAddress(value)
    if (address === undefined) return undefined
    addresses.push(address)
  }
  return addresses
}

function readCSeq(headers: Headers): CSeq | undefined {
  const text = headers.first('CSeq') ?? ''
  let end = 0
  while (end < text.length && !isLws(text.charCodeAt(end))) end++
  const number = parseNumber(text.slice(0, end), MAX_UINT32)
  const method = text.slice(skipLws(text, end))
  return number !== undefined && isToken(method) ? { number, method } : undefined
}
