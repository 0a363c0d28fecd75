import { isIPv6 } from 'node:net'
import { bracketed } from '../../shared/bracketed.ts'
import { parseNumber } from './token.ts'
import { trimLws } from './wire-text.ts'

/** A host (lower case, IPv6 without brackets) and the port, if one was given. */
export interface HostPort {
  readonly host: string
  readonly port: number | undefined
}

/** Reads `host [ COLON port ]` (RFC 3261 §25.1); undefined when it is none, or the port is not from 1 to 65535. */
export function parseHostPort(text: string): HostPort | undefined {
  const hostEnd = text.charCodeAt(0) === 0x5b ? text.indexOf(']') + 1 : endOfName(text)
  const host =
    text.charCodeAt(0) === 0x5b ? bareIPv6(text.slice(1, hostEnd - 1)) : hostName(text.slice(0, hostEnd))
  if (host === undefined) return undefined
  const rest = trimLws(text.slice(hostEnd))
  if (rest === '') return { host, port: undefined }
  if (rest.charCodeAt(0) !== 0x3a) return undefined
  const port = parseNumber(trimLws(rest.slice(1)), 65_535)
  return port === undefined || port === 0 ? undefined : { host, port }
}

/** Writes a host with brackets where it is IPv6, and the port where there is one. */
export function formatHostPort({ host, port }: HostPort): string {
  return port === undefined ? bracketed(host) : `${bracketed(host)}:${port}`
}

function endOfName(text: string): number {
  let end = 0
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === 0x3a || code === 0x20 || code === 0x09) break
  }
  return end
}

/** Letters, digits, hyphens and dots; underscores too, which the grammar forbids and networks have. */
function hostName(text: string): string | undefined {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at) | 0x20
    const letterOrDigit =
      (code >= 0x61 && code <= 0x7a) || (text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39)
    if (!letterOrDigit && !'-._'.includes(text[at] ?? '')) return undefined
  }
  return text === '' ? undefined : text.toLowerCase()
}

/** A zone (`%eth0`) has no place in a SIP address (RFC 3261 §25.1 IPv6address), though `isIPv6` allows it. */
function bareIPv6(text: string): string | undefined {
  return isIPv6(text) && !text.includes('%') ? text.toLowerCase() : undefined
}
