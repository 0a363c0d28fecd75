/**
 * Where the quoted string ends that starts at `at` (the place of its closing quote), or -1 when it is not closed
 * (RFC 3261 §25.1 quoted-string).
 */
export function endOfQuoted(text: string, at: number): number {
  for (let place = at + 1; place < text.length; place++) {
    const code = text.charCodeAt(place)
    if (code === 0x5c) place++
    else if (code === 0x22) return place
  }
  return -1
}

/** What stands between the quotes at `open` and `close`, with quoted pairs resolved. */
export function unquote(text: string, open: number, close: number): string {
  const inner = text.slice(open + 1, close)
  if (!inner.includes('\\')) return inner
  let plain = ''
  for (let at = 0; at < inner.length; at++) {
    if (inner[at] === '\\') at++
    plain += inner[at] ?? ''
  }
  return plain
}

/** A quoted string of this text. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
