import { formatHostPort, parseHostPort } from './host-port.ts'
import { formatParams, type Params, parseParams } from './params.ts'
import { isToken } from './token.ts'
import { skipLws, trimLws } from './wire-text.ts'

/** One Via value (RFC 3261 §20.42). */
export interface Via {
  /** In upper case: UDP, TCP, TLS, WS … */
  readonly transport: string
  /** Sent-by; IPv6 without brackets. */
  readonly host: string
  readonly port: number | undefined
  readonly params: Params
}

/** Reads one Via value, with white space in all the places where the grammar allows it; undefined when it is none. */
export function parseVia(text: string): Via | undefined {
  const first = text.indexOf('/')
  const second = text.indexOf('/', first + 1)
  if (first === -1 || second === -1) return undefined
  if (trimLws(text.slice(0, first)).toUpperCase() !== 'SIP') return undefined
  if (trimLws(text.slice(first + 1, second)) !== '2.0') return undefined

  const transportFrom = skipLws(text, second + 1)
  let transportEnd = transportFrom
  while (transportEnd < text.length && !isSpace(text.charCodeAt(transportEnd))) transportEnd++
  const transport = text.slice(transportFrom, transportEnd)
  if (!isToken(transport)) return undefined

  const semicolon = text.indexOf(';', transportEnd)
  const sentByEnd = semicolon === -1 ? text.length : semicolon
  const sentBy = parseHostPort(trimLws(text.slice(transportEnd, sentByEnd)))
  const params = parseParams(text, sentByEnd)
  if (sentBy === undefined || params === undefined) return undefined
  return { transport: transport.toUpperCase(), host: sentBy.host, port: sentBy.port, params }
}

export function formatVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${formatHostPort(via)}${formatParams(via.params)}`
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09
}
