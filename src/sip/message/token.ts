const TOKEN = new Uint8Array(128)
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~") {
  TOKEN[char.charCodeAt(0)] = 1
}

/** True for a character that a token may hold (RFC 3261 §25.1). */
export function isTokenCode(code: number): boolean {
  return TOKEN[code] === 1
}

/** True when the text is a token: not empty, and nothing but token characters. */
export function isToken(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (TOKEN[text.charCodeAt(at)] !== 1) return false
  return text.length > 0
}

/** A number of `1*DIGIT` up to `max`, or undefined. Never loses precision: longer numbers are refused by length. */
export function parseNumber(text: string, max: number): number | undefined {
  let value = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
    if (value > max) return undefined
  }
  return text.length > 0 ? value : undefined
}
