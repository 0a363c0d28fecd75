import { comparable, isSameNumber } from '../shared/same-number.ts'

/** A number as it came, and as the world dials it, where that is known. */
export interface Numbered {
  readonly number: string | null
  readonly e164: string | null
}

/**
 * Whether a number is the one that the owner wrote, or fits it where it has wildcards: `*` for any digits, `?` for one.
 * What begins with + or 00 is dialled from abroad, all else from within the line's country. There are no regular
 * expressions: these take time in proportion to both lengths at most, whatever anybody writes.
 *
 * @param callingCode of the line's country, like `49`
 */
export function fitsNumber(written: string, caller: Numbered, callingCode: string | null): boolean {
  const known = [caller.number, caller.e164].filter((number) => number !== null)
  if (!/[*?]/.test(written))
    return known.some((number) => isSameNumber(comparable(number), comparable(written)))
  const pattern = plain(written).replace(/^0+/, '')
  return waysOf(caller, callingCode, isInternational(written)).some((digits) => fits(pattern, digits))
}

/** The number as a pattern of this kind may name it. */
function waysOf({ number, e164 }: Numbered, callingCode: string | null, international: boolean): string[] {
  const abroad = e164?.slice(1)
  const asCame = number === null ? [] : [plain(number).replace(/^0+/, '')]
  if (international) return abroad !== undefined ? [abroad] : asCame
  const within = abroad !== undefined && callingCode !== null && abroad.startsWith(callingCode)
  // In E.164 as it came it would be taken for a number within the country.
  const local = number !== null && !isInternational(number) ? asCame : []
  return within ? [abroad.slice(callingCode.length), ...local] : local
}

const isInternational = (number: string): boolean => /^\s*(\+|00)/.test(number)

/** As `comparable`, with wildcards. */
const plain = (number: string): string => number.replace(/[^0-9a-z*?]/gi, '').toLowerCase()

/** Goes back to the last `*` only: time in proportion to the product of the lengths. */
function fits(pattern: string, text: string): boolean {
  let [at, star, resumeAt] = [0, -1, 0]
  for (let read = 0; read < text.length; ) {
    if (pattern[at] === '*') [star, resumeAt, at] = [at, read, at + 1]
    else if (pattern[at] === '?' || pattern[at] === text[read]) [at, read] = [at + 1, read + 1]
    else if (star >= 0) [at, resumeAt, read] = [star + 1, resumeAt + 1, resumeAt + 1]
    else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
