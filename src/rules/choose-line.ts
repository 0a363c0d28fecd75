import { comparable } from '../shared/same-number.ts'

/** What of a line decides whether a call is for it. */
export interface Reachable {
  readonly name: string
  readonly number: string | null
  /** The user with which it registers: registrars call the Contact that it gave them. */
  readonly user?: string | null
}

const LEAST_DIGITS = 5

/**
 * The line that a call is for: among the lines whose trunk the call came through, the one whose user, name or number is
 * the user part of the Request-URI; failing that, the only one whose number ends as the user does (030 1234 for +49 30 1234).
 * A trunk with a single line needs no match, because providers put there what they like.
 *
 * @param throughTrunk lines whose trunk the request's source belongs to
 * @param user the Request-URI's user part, without escapes and parameters
 */
export function chooseLine<Line extends Reachable>(
  throughTrunk: readonly Line[],
  user: string | undefined,
): Line | undefined {
  const wanted = user === undefined ? undefined : comparable(user)
  const registered = throughTrunk.find((line) => line.user != null && line.user === user)
  const named = throughTrunk.find((line) => line.name.toLowerCase() === user?.toLowerCase())
  const numbered = throughTrunk.find((line) => line.number !== null && comparable(line.number) === wanted)
  return (
    registered ??
    named ??
    numbered ??
    sole(throughTrunk.filter((line) => endsAlike(line.number, wanted))) ??
    sole(throughTrunk)
  )
}

const sole = <Line>(lines: readonly Line[]) => (lines.length === 1 ? lines[0] : undefined)

/** One is the other without a country or area code; what is left must be too long for an extension. */
function endsAlike(number: string | null, wanted: string | undefined): boolean {
  if (number === null || wanted === undefined) return false
  const [shorter = '', longer = ''] = [comparable(number), wanted].sort((a, b) => a.length - b.length)
  return shorter.length >= LEAST_DIGITS && longer.endsWith(shorter)
}
