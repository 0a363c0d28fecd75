/** Providers write the same number as +49 30 1234, 0049301234 or 49301234: digits decide, leading zeros and + do not. */
export function comparable(number: string): string {
  return number
    .replace(/[^0-9a-z]/gi, '')
    .replace(/^0+/, '')
    .toLowerCase()
}
