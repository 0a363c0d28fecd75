/** Longer is no number that could be dialled. */
const LONGEST = 64

/** The number in a `tel:` link (RFC 3966), without its parameters; what is no link stays as it is. */
export function numberOfLink(link: string): string {
  const [number = ''] = link.replace(/^tel:/i, '').split(';')
  return number
    .replace(/[\p{Cc}]/gu, '')
    .trim()
    .slice(0, LONGEST)
}
