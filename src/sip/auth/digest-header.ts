import { endOfQuoted, quote, unquote } from '../message/quoted.ts'
import { isTokenCode } from '../message/token.ts'
import { isLws, skipLws } from '../message/wire-text.ts'

/** A challenge or credentials as they stand in a header: a scheme and its parameters (RFC 7235 §2.1). */
export interface AuthValue {
  /** In lower case. */
  readonly scheme: string
  /** By lower-case name, without quotes. */
  readonly params: ReadonlyMap<string, string>
}

const COMMA = 0x2c
const EQUALS = 0x3d
const QUOTE = 0x22

/**
 * Reads one header of WWW-Authenticate, Proxy-Authenticate, Authorization or Proxy-Authorization (RFC 3261 §20.7,
 * §25.1). SIP wants a header for each value; several in one, as in HTTP, are told apart all the same. Undefined when
 * it can't be read, or a parameter comes twice. Linear in the length.
 */
export function parseAuthValues(text: string): readonly AuthValue[] | undefined {
  const values: { readonly scheme: string; readonly params: Map<string, string> }[] = []
  let at = skipCommas(text, 0)
  while (at < text.length) {
    const nameEnd = endOfToken(text, at)
    if (nameEnd === at) return undefined
    const name = text.slice(at, nameEnd).toLowerCase()
    const next = skipLws(text, nameEnd)
    if (text.charCodeAt(next) !== EQUALS) {
      // No parameter, so a scheme begins; a space stands between it and the first of its parameters.
      if (next === nameEnd && next < text.length && text.charCodeAt(next) !== COMMA) return undefined
      values.push({ scheme: name, params: new Map() })
      at = skipCommas(text, next)
      continue
    }
    const from = skipLws(text, next + 1)
    const quoted = text.charCodeAt(from) === QUOTE
    const end = quoted ? endOfQuoted(text, from) + 1 : endOfBare(text, from)
    const params = values.at(-1)?.params
    if (end === 0 || !params || params.has(name)) return undefined
    params.set(name, quoted ? unquote(text, from, end - 1) : text.slice(from, end))
    at = skipLws(text, end)
    if (at < text.length && text.charCodeAt(at) !== COMMA) return undefined
    at = skipCommas(text, at)
  }
  return values
}

/** The Digest values of these headers with their parameters; what can't be read, and other schemes, are left out. */
export function digestsIn(headers: readonly string[]): readonly ReadonlyMap<string, string>[] {
  return headers
    .flatMap((text) => parseAuthValues(text) ?? [])
    .filter(({ scheme }) => scheme === 'digest')
    .map(({ params }) => params)
}

/** Writes a Digest value. Those of `params` that are marked so are quoted, as the grammar wants it (RFC 3261 §25.1). */
export function formatDigest(
  params: Iterable<readonly [name: string, value: string, form: 'quoted' | 'bare']>,
): string {
  return `Digest ${[...params]
    .map(([name, value, form]) => `${name}=${form === 'quoted' ? quote(value) : value}`)
    .join(', ')}`
}

function skipCommas(text: string, from: number): number {
  let at = skipLws(text, from)
  while (text.charCodeAt(at) === COMMA) at = skipLws(text, at + 1)
  return at
}

function endOfToken(text: string, from: number): number {
  let end = from
  while (isTokenCode(text.charCodeAt(end))) end++
  return end
}

/** Some leave the quotes away where a value is no token (`uri=sip:a@b`): it goes to the comma. */
function endOfBare(text: string, from: number): number {
  let end = from
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === COMMA || code === QUOTE || isLws(code)) break
  }
  return end
}
