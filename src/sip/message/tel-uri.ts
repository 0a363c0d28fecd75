import { parseParams } from './params.ts'
import { schemeOf } from './uri.ts'

/** A telephone number as a URI (RFC 3966). */
export interface TelUri {
  /** Digits, with a leading `+` when it is a global number; visual separators are gone. */
  readonly number: string
  readonly params: ReadonlyMap<string, string | undefined>
}

/** Reads a `tel:` URI; undefined when it is none. */
export function parseTelUri(text: string): TelUri | undefined {
  if (schemeOf(text) !== 'tel') return undefined
  const semicolon = text.indexOf(';')
  const end = semicolon === -1 ? text.length : semicolon
  const number = text.slice(4, end).replace(/[-.()]/g, '') // RFC 3966 §5.1.1: separators carry no meaning.
  const params = parseParams(text, end)
  return /^\+?[0-9A-Fa-f*#]+$/.test(number) && params !== undefined ? { number, params } : undefined
}
