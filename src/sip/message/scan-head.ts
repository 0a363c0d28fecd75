import { frequentKey } from './header-names.ts'
import type { HeaderLine } from './headers.ts'
import { isToken } from './token.ts'
import { trimLws, unfold } from './wire-text.ts'

/** More header lines than this are refused: a path of 70 hops, each with Via and Record-Route, stays far below. */
const MAX_HEADER_LINES = 512

/** A message's head, taken apart into lines. */
export interface Head {
  readonly startLine: string
  readonly lines: HeaderLine[]
  /** Where the body begins. */
  readonly end: number
  /** The first thing that was wrong with it; what could be read is in `lines` all the same. */
  readonly flaw: string | undefined
}

const TAB = 0x09
const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20

/**
 * Finds the lines of a head in wire text that starts with the start line. Lines end in CRLF; a bare LF is taken too,
 * as some devices send it. Only boundaries and names are looked at. Linear: each search goes on where the last ended.
 */
export function scanHead(wire: string): Head {
  const lines: HeaderLine[] = []
  let lineEnd = endOfLine(wire, 0)
  const startLine = contentOf(wire, 0, lineEnd)
  let flaw: string | undefined
  if (/[\r\0]/.test(startLine)) flaw = 'control character in the start line'
  else if (isFold(wire, lineEnd)) flaw = 'start line goes on'
  let at = lineEnd + 1
  let colon = -1
  let carriageReturn = -1
  let nul = -1

  while (at < wire.length) {
    lineEnd = endOfLine(wire, at)
    if (isBlank(wire, at, lineEnd)) return { startLine, lines, end: lineEnd + 1, flaw }
    let folded = false
    while (isFold(wire, lineEnd)) {
      folded = true
      lineEnd = endOfLine(wire, lineEnd + 1)
    }
    if (lines.length === MAX_HEADER_LINES) {
      return { startLine, lines, end: wire.length, flaw: `more than ${MAX_HEADER_LINES} header lines` }
    }
    if (colon < at) colon = place(wire, ':', at)
    if (carriageReturn < at) carriageReturn = place(wire, '\r', at)
    if (nul < at) nul = place(wire, '\0', at)
    const name = colon < lineEnd ? trimLws(wire.slice(at, colon)) : ''
    const key = frequentKey(name) ?? (isToken(name) ? name.toLowerCase() : undefined)
    const value = trimLws(wire.slice(colon + 1, lineEnd))
    const oneLine = folded ? unfold(value) : value
    if (key === undefined)
      flaw ??= colon < lineEnd ? 'header name is no token' : 'header line without a colon'
    else if (carriageReturn < lineEnd - 1 && oneLine.includes('\r')) flaw ??= `carriage return within ${name}`
    else if (nul < lineEnd && hasBareNul(oneLine)) flaw ??= `NUL within ${name}`
    else lines.push({ key, name, wire: oneLine, text: undefined })
    at = lineEnd + 1
  }
  return { startLine, lines, end: wire.length, flaw: flaw ?? 'no empty line after the headers' }
}

/** A NUL may stand in a header only as a quoted pair (RFC 3261 §25.1). */
function hasBareNul(value: string): boolean {
  for (let nul = value.indexOf('\0'); nul !== -1; nul = value.indexOf('\0', nul + 1)) {
    if (value[nul - 1] !== '\\') return true
  }
  return false
}

function place(wire: string, char: string, from: number): number {
  const found = wire.indexOf(char, from)
  return found === -1 ? wire.length : found
}

function endOfLine(wire: string, from: number): number {
  return place(wire, '\n', from)
}

function contentOf(wire: string, from: number, end: number): string {
  return wire.slice(from, end > from && wire.charCodeAt(end - 1) === CR ? end - 1 : end)
}

function isBlank(wire: string, at: number, lineEnd: number): boolean {
  return (
    lineEnd === at || (lineEnd === at + 1 && wire.charCodeAt(at) === CR && wire.charCodeAt(lineEnd) === LF)
  )
}

function isFold(wire: string, lineEnd: number): boolean {
  const next = wire.charCodeAt(lineEnd + 1)
  return next === SPACE || next === TAB
}
