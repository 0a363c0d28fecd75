/** Characters of a number or name that are kept. */
const LONGEST = 128

/** What people may read: bounded, without control characters and those that turn the direction of writing. */
export function readable(text: string | undefined, longest = LONGEST): string | undefined {
  // What is cut off anyway need not be looked at; a character that is taken out leaves room for few more.
  const cleaned = text
    ?.slice(0, longest * 4)
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  return cleaned?.slice(0, longest) || undefined
}
