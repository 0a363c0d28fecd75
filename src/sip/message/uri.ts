import { escapeUri, unescapeUri } from './escapes.ts'
import { formatHostPort, parseHostPort } from './host-port.ts'

/** A SIP or SIPS URI (RFC 3261 §19.1). */
export interface SipUri {
  readonly scheme: 'sip' | 'sips'
  /** With escapes resolved; it may hold any character, NUL too. */
  readonly user: string | undefined
  readonly password: string | undefined
  /** Lower case; IPv6 without brackets. */
  readonly host: string
  readonly port: number | undefined
  /** By lower-case name, with escapes resolved. */
  readonly params: ReadonlyMap<string, string | undefined>
  /** What follows the question mark, untouched. */
  readonly headers: string | undefined
}

/** True for `scheme:something` without white space, controls, quotes and angle brackets: any URI that SIP may carry. */
export function isUri(text: string): boolean {
  const colon = text.indexOf(':')
  if (colon < 1 || colon === text.length - 1) return false
  for (let at = 0; at < colon; at++) if (!isSchemeCode(text.charCodeAt(at), at)) return false
  for (let at = colon + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code <= 0x20 || code === 0x7f || code === 0x22 || code === 0x3c || code === 0x3e) return false
  }
  return true
}

/** A URI's scheme in lower case; undefined when it is no URI. */
export function schemeOf(text: string): string | undefined {
  return isUri(text) ? text.slice(0, text.indexOf(':')).toLowerCase() : undefined
}

/** Reads a SIP or SIPS URI; undefined when it is none, or broken. */
export function parseSipUri(text: string): SipUri | undefined {
  const scheme = schemeOf(text)
  if (scheme !== 'sip' && scheme !== 'sips') return undefined
  const from = scheme.length + 1
  const at = text.indexOf('@', from)

  const userinfo = at === -1 ? undefined : text.slice(from, at)
  const colon = userinfo?.indexOf(':') ?? -1
  const user = unescapeUri(colon === -1 ? userinfo : userinfo?.slice(0, colon))
  const password = unescapeUri(colon === -1 ? undefined : userinfo?.slice(colon + 1))
  if (user === null || user === '' || password === null) return undefined

  const rest = text.slice(at === -1 ? from : at + 1)
  const question = rest.indexOf('?')
  const beforeHeaders = question === -1 ? rest : rest.slice(0, question)
  const semicolon = beforeHeaders.indexOf(';')
  const hostPort = parseHostPort(semicolon === -1 ? beforeHeaders : beforeHeaders.slice(0, semicolon))
  const params = parseUriParams(semicolon === -1 ? '' : beforeHeaders.slice(semicolon + 1))
  if (hostPort === undefined || params === undefined) return undefined
  const headers = question === -1 ? undefined : rest.slice(question + 1)
  return { scheme, user, password, host: hostPort.host, port: hostPort.port, params, headers }
}

/** Writes a URI, escaping what its parts may not hold as they are. */
export function formatSipUri(uri: SipUri): string {
  let text = `${uri.scheme}:`
  if (uri.user !== undefined) {
    const password = uri.password === undefined ? '' : `:${escapeUri(uri.password, '&=+$,')}`
    text += `${escapeUri(uri.user, '&=+$,;?/')}${password}@`
  }
  text += formatHostPort(uri)
  for (const [name, value] of uri.params) {
    text += `;${escapeUri(name, '[]/:&+$')}`
    if (value !== undefined) text += `=${escapeUri(value, '[]/:&+$')}`
  }
  return uri.headers === undefined ? text : `${text}?${uri.headers}`
}

const NO_PARAMS: ReadonlyMap<string, string | undefined> = new Map()

function parseUriParams(text: string): ReadonlyMap<string, string | undefined> | undefined {
  if (text === '') return NO_PARAMS
  const params = new Map<string, string | undefined>()
  for (const part of text.split(';')) {
    const equals = part.indexOf('=')
    const name = unescapeUri(equals === -1 ? part : part.slice(0, equals))
    const value = unescapeUri(equals === -1 ? undefined : part.slice(equals + 1))
    if (!name || value === null) return undefined
    if (!params.has(name.toLowerCase())) params.set(name.toLowerCase(), value)
  }
  return params
}

function isSchemeCode(code: number, at: number): boolean {
  const letter = code | 0x20
  if (letter >= 0x61 && letter <= 0x7a) return true
  return at > 0 && ((code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e)
}
