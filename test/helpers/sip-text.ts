import { headerOf } from './sip-wire.ts'

/** SIP messages as text, written and read without a line of `src/`: what it understands was understood by someone else. */
export interface MessageParts {
  /** Whole lines, in order. */
  readonly headers?: readonly string[]
  readonly body?: string | undefined
  /** `application/sdp` unless given. */
  readonly contentType?: string
}

/** A request; its `headers` hold everything but Content-Type and Content-Length. */
export function writeRequest(method: string, uri: string, parts: MessageParts): string {
  return writeMessage(`${method} ${uri} SIP/2.0`, parts)
}

export interface ResponseParts extends MessageParts {
  /** Added to To where the request's has none. */
  readonly tag?: string
}

/** The response to a request, with what must be copied copied (RFC 3261 §8.2.6). */
export function writeResponse(request: string, status: number, parts: ResponseParts = {}): string {
  const to = headerOf(request, 'To') ?? ''
  const tag = parts.tag === undefined || tagIn(to) !== undefined ? '' : `;tag=${parts.tag}`
  const recordRoutes = status > 100 && status < 300 ? headersOf(request, 'Record-Route') : []
  return writeMessage(`SIP/2.0 ${status} ${status < 300 ? 'Fine' : 'No'}`, {
    ...parts,
    headers: [
      ...headersOf(request, 'Via').map((via) => `Via: ${via}`),
      ...recordRoutes.map((route) => `Record-Route: ${route}`),
      `From: ${headerOf(request, 'From')}`,
      `To: ${to}${tag}`,
      `Call-ID: ${headerOf(request, 'Call-ID')}`,
      `CSeq: ${headerOf(request, 'CSeq')}`,
      ...(parts.headers ?? []),
    ],
  })
}

function writeMessage(startLine: string, { headers = [], body = '', contentType }: MessageParts): string {
  const typed = body === '' ? [] : [`Content-Type: ${contentType ?? 'application/sdp'}`]
  const lines = [startLine, ...headers, ...typed, `Content-Length: ${Buffer.byteLength(body)}`]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

/** The values of all header lines of this name. */
export function headersOf(text: string, name: string): string[] {
  const [head = ''] = text.split('\r\n\r\n', 1)
  return [...head.matchAll(new RegExp(`^${name}:[ \\t]*(.*?)\\r?$`, 'gim'))].map(([, value]) => value ?? '')
}

export const methodOf = (text: string): string => text.slice(0, text.indexOf(' '))
export const bodyOf = (text: string): string => text.slice(text.indexOf('\r\n\r\n') + 4)
export const branchOf = (text: string): string =>
  /;branch=([^;,\s]+)/.exec(headerOf(text, 'Via') ?? '')?.[1] ?? ''

/** The tag in the value of a From or To. */
export const tagIn = (value: string | undefined): string | undefined =>
  /;tag=([^;\s]+)/.exec(value ?? '')?.[1]

/** The URI in the value of a Contact, Refer-To and their like. */
export const uriIn = (value: string | undefined): string | undefined =>
  /<([^>]+)>/.exec(value ?? '')?.[1] ?? value?.split(';', 1)[0]

/** Where the other side wants RTP, by its session description. */
export function mediaIn(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, port] = /^m=audio (\d+)/m.exec(text) ?? []
  const [, host] = /^c=IN IP[46] (\S+)/m.exec(text) ?? []
  return port && host ? { host, port: Number(port) } : undefined
}

/** An address as it stands in URIs and Via (RFC 3261 §19.1.1). */
export const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address)
