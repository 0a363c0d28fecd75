const ASCII = /^[\x20-\x7e]*$/
/** What people write between the digits of a number. */
const BETWEEN_DIGITS = /(?<=\d)[\s()/.-]+(?=\d)/g
const AROUND_DIGITS = /^[\s()/.-]+(?=\d)|(?<=\d)[\s()/.-]+$/g

/** Text as it is searched: lower case, without accents, digits without separators between them. */
export function fold(text: string): string {
  const plain = ASCII.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')
  return plain.toLowerCase().replace(BETWEEN_DIGITS, '')
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
  const text = fold(query.trim()).replace(AROUND_DIGITS, '')
  const [, digits] = /^\+?(\d{3,})$/.exec(text) ?? []
  if (digits === undefined) return text
  const significant = digits.replace(/^0+/, '')
  return significant.length < 3 ? digits.slice(-3) : significant
}
