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
 * What to look for in `search`; '' is everything. Of a number its significant digits: in national or in 00 form they
 * are how it goes on after the country code, or the +, in what providers deliver.
 */
export function needleOf(query: string): string {
  const text = fold(query.trim())
  const digits = NUMBER.test(text) ? text.replace(/^\+?0*/, '') : ''
  return digits.length >= 3 ? digits : text
}
