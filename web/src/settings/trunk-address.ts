/** What a person means by an entry of a line's trunk: it is explained beside the field, and judged by the server. */
export type TrunkAddress =
  | { readonly kind: 'empty' | 'self' | 'home' | 'one' | 'everyone' | 'name' | 'wrong' }
  /** A block of 2 to the power of `bits` addresses. */
  | { readonly kind: 'many'; readonly bits: number }

const NAME = /^[a-z\d-]+(\.[a-z\d-]+)*\.[a-z][a-z\d-]*$/i

export function explainAddress(text: string): TrunkAddress {
  const entry = text.trim()
  if (entry === '') return { kind: 'empty' }
  const [address = '', length, ...more] = entry.split('/')
  const width = more.length > 0 ? 0 : isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0
  if (width === 0) return { kind: NAME.test(entry.replace(/^sips?:/i, '')) ? 'name' : 'wrong' }
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return { kind: 'wrong' }
  const bits = width - Number(length ?? width)
  if (bits < 0) return { kind: 'wrong' }
  if (bits === width) return { kind: 'everyone' }
  if (/^127\./.test(address) || address === '::1') return { kind: 'self' }
  if (bits > 0) return { kind: 'many', bits }
  return { kind: isHome(address) ? 'home' : 'one' }
}

/** Addresses of private networks (RFC 1918, RFC 4193) and of one's own link (RFC 3927, RFC 4291 §2.5.6). */
const isHome = (address: string) =>
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(address) ||
  /^(f[cd]|fe[89ab])/i.test(address)

const isIPv4 = (text: string) =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255)

/** As good as a browser can tell without asking: the parser of URLs knows IPv6. */
const isIPv6 = (text: string) => text.includes(':') && URL.canParse(`http://[${text}]/`)

/** Whether only the machine itself may call: nothing but test calls arrive. */
export const isTestOnly = (trunk: readonly string[]): boolean =>
  trunk.every((entry) => ['self', 'empty'].includes(explainAddress(entry).kind))

/** How many addresses a block holds: `256`, and in powers of ten past a million. */
export function countAddresses(bits: number, language: string): string {
  const count = 2 ** bits
  const notation = bits > 20 ? ('scientific' as const) : ('standard' as const)
  return new Intl.NumberFormat(language, { notation, maximumFractionDigits: bits > 20 ? 1 : 0 }).format(count)
}
