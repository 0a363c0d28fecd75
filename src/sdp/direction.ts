/** Who sends, as the side says that writes it (RFC 8866 §6.7). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

const DIRECTIONS: readonly string[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] satisfies Direction[]

export function isDirection(text: unknown): text is Direction {
  return typeof text === 'string' && DIRECTIONS.includes(text)
}

/** What the answer says to an offer of this direction, when both may do all that is left to them (RFC 3264 §6.1). */
export function mirror(direction: Direction): Direction {
  if (direction === 'sendonly') return 'recvonly'
  return direction === 'recvonly' ? 'sendonly' : direction
}
