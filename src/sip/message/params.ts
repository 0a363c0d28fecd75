import { endOfQuoted, quote, unquote } from './quoted.ts'
import { isToken, isTokenCode } from './token.ts'
import { isLws, skipLws } from './wire-text.ts'

/** Parameters by lower-case name; undefined for one without a value (`;lr`). Quoted values are kept unquoted. */
export type Params = ReadonlyMap<string, string | undefined>

export const NO_PARAMS: Params = new Map()

/**
 * Reads `*( SEMI name [ EQUAL value ] )` from `at` to the end of the text (RFC 3261 §25.1 generic-param), with white
 * space where the grammar allows it. Undefined when anything else stands there. Of two of a name the first counts.
 */
export function parseParams(text: string, at: number): Params | undefined {
  let place = skipLws(text, at)
  if (place === text.length) return NO_PARAMS
  const params = new Map<string, string | undefined>()
  while (place < text.length) {
    if (text.charCodeAt(place) !== 0x3b) return undefined
    const nameFrom = skipLws(text, place + 1)
    let nameEnd = nameFrom
    while (isTokenCode(text.charCodeAt(nameEnd))) nameEnd++
    if (nameEnd === nameFrom) return undefined
    const name = text.slice(nameFrom, nameEnd).toLowerCase()
    let value: string | undefined
    place = skipLws(text, nameEnd)
    if (text.charCodeAt(place) === 0x3d) {
      const from = skipLws(text, place + 1)
      const end = text.charCodeAt(from) === 0x22 ? endOfQuoted(text, from) + 1 : endOfValue(text, from)
      if (end === 0) return undefined
      value = text.charCodeAt(from) === 0x22 ? unquote(text, from, end - 1) : text.slice(from, end)
      place = skipLws(text, end)
    }
    if (!params.has(name)) params.set(name, value)
  }
  return params
}

/** Writes parameters, each with its semicolon; a value that is no token nor host is quoted. */
export function formatParams(params: Params): string {
  let text = ''
  for (const [name, value] of params) {
    text += value === undefined ? `;${name}` : `;${name}=${isBare(value) ? value : quote(value)}`
  }
  return text
}

/** A value may be a token or a host, which for IPv6 has colons and brackets (§25.1 gen-value). */
function isBare(value: string): boolean {
  return isToken(value) || (value !== '' && isToken(value.replace(/[:[\]]/g, '')))
}

function endOfValue(text: string, from: number): number {
  let end = from
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === 0x3b || code === 0x2c || code === 0x22 || isLws(code)) break
  }
  return end
}
