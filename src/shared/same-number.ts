/**
 * How a number is stored to be compared. Providers write the same one as +49 30 1234, 0049301234 or 49301234: digits
 * decide, leading zeros and + do not. What has neither digits nor letters is compared as it is written.
 */
export function comparable(number: string): string {
  const plain = withoutTrunkZero(number)
    .replace(/[^0-9a-z]/gi, '')
    .replace(/^0+/, '')
    .toLowerCase()
  return plain === '' ? number : plain
}

/** +49 (0)30 1234: the zero in brackets is dialled from within the country only. */
export const withoutTrunkZero = (number: string): string => number.replace(/^(\s*(?:\+|00)[\d ]*)\(0\)/, '$1')

/** As many last digits have all ways of writing a number in common: it is what an index looks it up by. */
const ENDING_DIGITS = 7

/** What two numbers that may be the same have alike; of a short number or a name all of it. Takes what `comparable` gives. */
export function endingOf(key: string): string {
  return /^\d+$/.test(key) ? key.slice(-ENDING_DIGITS) : key
}

/**
 * Whether two numbers are one, the shorter of which may lack its country code or that and its area code: 030 1234567
 * is +49 30 1234567. Takes what `comparable` gives, of numbers whose ending is the same.
 */
export function isSameNumber(one: string, other: string): boolean {
  return endingOf(one) === endingOf(other) && (one.endsWith(other) || other.endsWith(one))
}
