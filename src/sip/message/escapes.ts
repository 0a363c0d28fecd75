const UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()"

/** Resolves `%41` escapes as UTF-8 (RFC 3261 §19.1.2); null when an escape is broken, undefined for undefined. */
export function unescapeUri(text: string | undefined): string | undefined | null {
  if (text === undefined || !text.includes('%')) return text
  const source = Buffer.from(text, 'utf8')
  const plain = Buffer.allocUnsafe(source.length)
  let length = 0
  for (let at = 0; at < source.length; at++) {
    let byte = source[at] ?? 0
    if (byte === 0x25) {
      const high = hexDigit(source[at + 1])
      const low = hexDigit(source[at + 2])
      if (high < 0 || low < 0) return null
      byte = high * 16 + low
      at += 2
    }
    plain[length++] = byte
  }
  return plain.toString('utf8', 0, length)
}

/** Escapes all but unreserved characters and those in `also` (RFC 3261 §25.1). */
export function escapeUri(text: string, also: string): string {
  let escaped = ''
  for (const byte of Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(byte)
    escaped += UNRESERVED.includes(char) || also.includes(char) ? char : `%${hex(byte)}`
  }
  return escaped
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
