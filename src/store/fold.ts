const ASCII = /^[\x20-\x7e]*$/
const NUMBER = /^\+?[\d\s()/.-]+$/

/** Text as it is searched: lower case, without accents, telephone numbers without their separators. */
export function fold(text: string): string {
  if (NUMBER.test(text)) return text.replace(/[^+\d]/g, '')
  const plain = ASCII.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')
  return plain.toLowerCase()
}

/** What the `search` column holds for these parts; a line each, so that no match runs from one into the next. */
export function searchText(...parts: readonly (string | null)[]): string {
  let text = ''
  for (const part of parts) if (part) text += text === '' ? fold(part) : `\n${fold(part)}`
  return text
}

/**
 * What to look for, any of these: the text itself and, for a number in national or 00 form, the number without its
 * leading zeros, which is how it goes on after the country code in what providers deliver.
 */
export function needlesOf(query: string): readonly string[] {
  const text = fold(query.trim())
  if (text === '') return []
  const digits = NUMBER.test(query) ? text.replace(/^\+?0*/, '') : ''
  return digits.length >= 3 && digits !== text ? [text, digits] : [text]
}
