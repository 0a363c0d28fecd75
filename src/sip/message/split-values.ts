import { endOfQuoted } from './quoted.ts'
import { trimLws } from './wire-text.ts'

const COMMA = 0x2c
const QUOTE = 0x22
const LESS = 0x3c

/**
 * Takes a comma-separated header value apart (RFC 3261 §7.3.1). Commas in quoted strings and between angle brackets
 * do not separate; empty elements are left out. Linear in the value's length.
 */
export function splitValues(text: string): string[] {
  if (!text.includes(',')) return text === '' ? [] : [text]
  const values: string[] = []
  let from = 0
  const take = (end: number) => {
    const value = trimLws(text.slice(from, end))
    if (value !== '') values.push(value)
    from = end + 1
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === COMMA) take(at)
    else if (code === QUOTE || code === LESS) {
      const close = code === QUOTE ? endOfQuoted(text, at) : text.indexOf('>', at)
      if (close === -1) break // Never closed: the rest is one value, and its reader will refuse it.
      at = close
    }
  }
  take(text.length)
  return values
}
