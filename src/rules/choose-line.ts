/** What of a line decides whether a call is for it. */
export interface Reachable {
  readonly name: string
  readonly number: string | null
}

/**
 * The line that a call is for: among the lines whose trunk the call came through, the one whose name or number is the
 * user part of the Request-URI; a trunk with a single line needs no match, because providers put there what they like.
 *
 * @param throughTrunk lines whose trunk the request's source belongs to
 * @param user the Request-URI's user part, unescaped
 */
export function chooseLine<Line extends Reachable>(
  throughTrunk: readonly Line[],
  user: string | undefined,
): Line | undefined {
  const wanted = user === undefined ? undefined : comparable(user)
  const named = throughTrunk.find((line) => line.name.toLowerCase() === user?.toLowerCase())
  const numbered = throughTrunk.find((line) => line.number !== null && comparable(line.number) === wanted)
  return named ?? numbered ?? (throughTrunk.length === 1 ? throughTrunk[0] : undefined)
}

/** Providers write the same number as +49 30 1234, 0049301234 or 49301234: digits decide, leading zeros and + do not. */
function comparable(number: string): string {
  return number
    .replace(/[^0-9a-z]/gi, '')
    .replace(/^0+/, '')
    .toLowerCase()
}
