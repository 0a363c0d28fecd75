import { isToken } from './token.ts'
import { decodeWire } from './wire-text.ts'

export type StartLine =
  | {
      readonly kind: 'request'
      readonly method: string
      readonly uri: string
      /** After `SIP/`. */
      readonly version: string
      readonly flaw: string | undefined
    }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string; readonly flaw: undefined }
  | { readonly kind: 'none'; readonly why: string }

/** Reads a Request-Line or Status-Line (RFC 3261 §7.1, §7.2) from wire text. */
export function parseStartLine(line: string): StartLine {
  return /^SIP\//i.test(line) ? parseStatusLine(line) : parseRequestLine(line)
}

/** RFC 3261 §7.2: the version, a code of three digits, and a reason that may be empty. */
function parseStatusLine(line: string): StartLine {
  const code = line.slice(8, 11)
  const wellFormed = /^SIP\/2\.0 [1-6]\d\d( |$)/i.test(line.slice(0, 12))
  if (!wellFormed) return { kind: 'none', why: 'broken status line' }
  return { kind: 'response', status: Number(code), reason: decodeWire(line.slice(12)), flaw: undefined }
}

/**
 * RFC 3261 §7.1: method, Request-URI and version with one space between them. A line with more white space is still
 * recognised as a request, so that it can be answered with 400.
 */
function parseRequestLine(line: string): StartLine {
  const trimmed = line.trimEnd()
  const first = trimmed.indexOf(' ')
  const last = trimmed.lastIndexOf(' ')
  const version = trimmed.slice(last + 1)
  const method = trimmed.slice(0, first)
  if (first === -1 || last === first || !isToken(method) || !/^SIP\/\d+\.\d+$/i.test(version)) {
    return { kind: 'none', why: 'neither a request nor a response' }
  }
  const uri = decodeWire(trimmed.slice(first + 1, last))
  const flaw = trimmed !== line || /\s/.test(uri) ? 'white space in the request line' : undefined
  return { kind: 'request', method, uri, version: version.slice(4), flaw }
}
