import { comparable, isSameNumber, withoutTrunkZero } from '../shared/same-number.ts'
import { callingCodeOf, type Numbering, toE164, trunkPrefixOf } from '../shared/telephone-number.ts'

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
 * @param numbering of the line
 */
export function fitsNumber(written: string, caller: Numbered, numbering: Numbering): boolean {
  return /[*?]/.test(written)
    ? fitsPattern(written, caller, numbering.country)
    : isWhole(written, caller, numbering)
}

/** Where both are known in E.164, one may end as the other does and be another's. */
function isWhole(written: string, { number, e164 }: Numbered, numbering: Numbering): boolean {
  const own = e164 === null ? null : toE164(written, numbering)
  if (own !== null) return own === e164
  return [number, e164].some((one) => one !== null && isSameNumber(comparable(one), comparable(written)))
}

function fitsPattern(written: string, { number, e164 }: Numbered, country: string | null): boolean {
  const pattern = plain(written)
  const abroad = e164?.slice(1)
  if (isInternational(written)) {
    const digits = abroad ?? (number === null ? undefined : unzeroed(plain(number)))
    return digits !== undefined && fits(unzeroed(pattern), digits)
  }
  // In E.164 as it came it would be taken for a number within the country.
  const local = number === null || isInternational(number) ? undefined : plain(number)
  const callingCode = country === null ? null : callingCodeOf(country)
  if (country !== null && callingCode !== null && abroad?.startsWith(callingCode)) {
    const within = abroad.slice(callingCode.length)
    // People write the trunk prefix, or not; a zero that is part of the number (Italy's 06) they never leave out.
    const ways = [within, trunkPrefixOf(country) + within, local]
    return ways.some((digits) => digits !== undefined && fits(pattern, digits))
  }
  return local !== undefined && fits(unzeroed(pattern), unzeroed(local))
}

const isInternational = (number: string): boolean => /^\s*(\+|00)/.test(number)

/** As `comparable`, with wildcards, and with the zeros in front. */
const plain = (number: string): string =>
  withoutTrunkZero(number)
    .replace(/[^0-9a-z*?]/gi, '')
    .toLowerCase()

const unzeroed = (digits: string): string => digits.replace(/^0+/, '')

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
