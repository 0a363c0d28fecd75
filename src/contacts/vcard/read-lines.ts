/** A content line of a vCard (RFC 6350 §3.3). */
export interface ContentLine {
  /** The number of its first line in the file, from 1. */
  readonly line: number
  /** In capitals, without the group before it. */
  readonly name: string
  /** Parameters by their name in capitals; several values are one with commas. */
  readonly params: ReadonlyMap<string, string>
  readonly value: string
}

/** A line that is none. */
export interface BadLine {
  readonly line: number
  readonly bad: string
}

/** RFC 6350 §3.3: [group "."] name *(";" param) ":" value, where quotes may hold colons and semicolons. */
const CONTENT = /^(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/s
const PARAM = /;([^=;:"]+)(?:=((?:[^";]|"[^"]*")*))?/g

/**
 * The content lines of a file one by one, unfolded (RFC 6350 §3.2: a line that begins with a space or a tab goes on the
 * one before); lines end with CRLF, or as files come, with LF.
 */
export function* readLines(text: string): Generator<ContentLine | BadLine> {
  let parts: string[] = []
  let first = 0
  let number = 0
  // RFC 6350 §3.1 forbids a byte order mark; some programs write one.
  let from = text.startsWith('\ufeff') ? 1 : 0
  while (from < text.length) {
    const end = text.indexOf('\n', from)
    const line = text.slice(from, end < 0 ? undefined : end).replace(/\r$/, '')
    from = end < 0 ? text.length : end + 1
    number++
    if (/^[ \t]/.test(line) && parts.length > 0) {
      parts.push(line.slice(1))
      continue
    }
    if (parts.length > 0) yield readLine(parts.join(''), first)
    parts = line.trim() === '' ? [] : [line]
    first = number
  }
  if (parts.length > 0) yield readLine(parts.join(''), first)
}

function readLine(text: string, line: number): ContentLine | BadLine {
  const [, name, params = '', value = ''] = CONTENT.exec(text) ?? []
  if (name === undefined) return { line, bad: text }
  return {
    line,
    name: name.toUpperCase(),
    params: new Map(
      [...params.matchAll(PARAM)].map(([, key = '', of = '']) => [key.toUpperCase(), of.replaceAll('"', '')]),
    ),
    value,
  }
}
