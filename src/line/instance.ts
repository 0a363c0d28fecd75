import { createHash } from 'node:crypto'

/** The same for a line as long as it is there (RFC 5626 §4.1); a UUID of version 8 (RFC 9562 §5.8). */
export function instanceOf(lineId: string): string {
  const hex = createHash('sha256').update(`answerphone line ${lineId}`).digest('hex')
  const variant = (8 + (Number.parseInt(hex[16] ?? '0', 16) & 3)).toString(16)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
