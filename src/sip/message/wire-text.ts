/**
 * Header text in two forms. *Wire text* is a string with one character per byte, so that bytes which are not UTF-8
 * survive a copy; *text* is what a reader wants: decoded UTF-8 (RFC 3261 §7.3.1, §25.1).
 */

/** Text from wire text. */
export function decodeWire(wire: string): string {
  return isAscii(wire) ? wire : Buffer.from(wire, 'latin1').toString('utf8')
}

/** Wire text of a header's value. A line break would start a new header, so it becomes a space. */
export function encodeWire(text: string): string {
  const oneLine = text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]+/g, ' ') : text
  return isAscii(oneLine) ? oneLine : Buffer.from(oneLine, 'utf8').toString('latin1')
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false
  return true
}

/**
 * Joins a folded value into one line (RFC 3261 §7.3.1: a line break with the white space around it is one space).
 * By hand and not by a regular expression, which would take quadratic time over long runs of spaces.
 */
export function unfold(wire: string): string {
  const lines: string[] = []
  for (const line of wire.split('\n')) {
    const content = trimLws(line)
    if (content !== '') lines.push(content)
  }
  return lines.join(' ')
}

/** Cuts spaces, tabs and line breaks off both ends. `String.trim` would eat bytes of UTF-8, such as 0xA0. */
export function trimLws(text: string): string {
  let from = 0
  let end = text.length
  while (from < end && isLws(text.charCodeAt(from))) from++
  while (end > from && isLws(text.charCodeAt(end - 1))) end--
  return text.slice(from, end)
}

/** Space, tab, CR or LF. */
export function isLws(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a
}

/** The first place at or after `at` that is not white space. */
export function skipLws(text: string, at: number): number {
  let place = at
  while (place < text.length && isLws(text.charCodeAt(place))) place++
  return place
}
