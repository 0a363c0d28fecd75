import { formatParams, type Params, parseParams } from './params.ts'
import { endOfQuoted, quote, unquote } from './quoted.ts'
import { isUri } from './uri.ts'
import { skipLws, trimLws } from './wire-text.ts'

/** The value of From, To, Contact, Route and their like (RFC 3261 §20.10). */
export interface NameAddress {
  /** Without quotes. Undefined when there is none. */
  readonly displayName: string | undefined
  /** As it stood on the wire, without angle brackets. Of any scheme. */
  readonly uri: string
  /** The header's parameters (tag, expires, q …), not the URI's. */
  readonly params: Params
}

/**
 * Reads one name-addr or addr-spec with its parameters; undefined when it is neither. A display name that should have
 * been quoted is taken as it is, because many devices send `From: Müller <sip:…>`.
 */
export function parseNameAddress(text: string): NameAddress | undefined {
  const start = skipLws(text, 0)
  if (text.charCodeAt(start) === 0x22) {
    const close = endOfQuoted(text, start)
    if (close === -1) return undefined
    const open = skipLws(text, close + 1)
    return text.charCodeAt(open) === 0x3c ? bracketed(text, open, unquote(text, start, close)) : undefined
  }
  const open = text.indexOf('<', start)
  if (open === -1) return bare(text, start)
  const displayName = trimLws(text.slice(start, open))
  if (displayName.includes('"')) return bare(text, start)
  return bracketed(text, open, displayName === '' ? undefined : displayName)
}

/** Writes it with a quoted display name and angle brackets, which are right everywhere. */
export function formatNameAddress({ displayName, uri, params }: NameAddress): string {
  return `${displayName === undefined ? '' : `${quote(displayName)} `}<${uri}>${formatParams(params)}`
}

function bracketed(text: string, open: number, displayName: string | undefined): NameAddress | undefined {
  const close = text.indexOf('>', open)
  if (close === -1) return undefined
  const uri = text.slice(open + 1, close)
  const params = parseParams(text, close + 1)
  return isUri(uri) && params !== undefined ? { displayName, uri, params } : undefined
}

/** RFC 3261 §20: without brackets all parameters are the header's, and the URI must hold no comma and no `?`. */
function bare(text: string, start: number): NameAddress | undefined {
  const semicolon = text.indexOf(';', start)
  const end = semicolon === -1 ? text.length : semicolon
  const uri = trimLws(text.slice(start, end))
  const params = parseParams(text, end)
  if (!isUri(uri) || uri.includes(',') || uri.includes('?') || params === undefined) return undefined
  return { displayName: undefined, uri, params }
}
