/** For which numbers a certificate may sign (RFC 8226 §9). */
export interface TnAuthList {
  /** Codes of service providers, which may sign for all that they say are theirs. */
  readonly spcs: readonly string[]
  /** From this number on so many, or one. Digits. */
  readonly ranges: readonly { readonly from: string; readonly count: number }[]
}

export const TN_AUTH_LIST = '1.3.6.1.5.5.7.1.26'
const MOST_ENTRIES = 1000
const SEQUENCE = 0x30
const IA5_STRING = 0x16
const INTEGER = 0x02

/** Reads the extension's DER; undefined when it is broken, or empty. */
export function readTnAuthList(der: Uint8Array): TnAuthList | undefined {
  const [list, ...rest] = readAll(der) ?? []
  if (list?.tag !== SEQUENCE || rest.length > 0) return undefined
  const entries = readAll(list.content)
  if (!entries || entries.length === 0 || entries.length > MOST_ENTRIES) return undefined
  const spcs: string[] = []
  const ranges: { from: string; count: number }[] = []
  for (const { tag, content } of entries) {
    // RFC 8226 appendix A: explicit tags.
    const [inner] = readAll(content) ?? []
    if (tag === 0xa0 && inner?.tag === IA5_STRING) spcs.push(textOf(inner))
    else if (tag === 0xa1 && inner?.tag === SEQUENCE) {
      const [start, count] = readAll(inner.content) ?? []
      if (start?.tag !== IA5_STRING || count?.tag !== INTEGER || count.content.length > 6) return undefined
      ranges.push({
        from: digitsOf(start),
        count: Buffer.from(count.content).readUIntBE(0, count.content.length),
      })
    } else if (tag === 0xa2 && inner?.tag === IA5_STRING) ranges.push({ from: digitsOf(inner), count: 1 })
    else return undefined
  }
  return { spcs, ranges }
}

/** Whether it may sign for this number (digits); who has a provider's code may for all. */
export function mayVouchFor({ spcs, ranges }: TnAuthList, number: string): boolean {
  if (spcs.length > 0) return true
  return ranges.some(({ from, count }) => {
    if (from.length !== number.length || from === '') return false
    const distance = BigInt(number) - BigInt(from)
    return distance >= 0n && distance < BigInt(count)
  })
}

interface Element {
  readonly tag: number
  readonly content: Uint8Array
}

/** The elements that stand one after another (X.690, definite lengths up to 64 kB); undefined when they are broken. */
function readAll(bytes: Uint8Array): Element[] | undefined {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    let length = bytes[at + 1]
    at += 2
    if (length === undefined || length === 0x80 || length > 0x82) return undefined
    if (length > 0x80) {
      const octets = length - 0x80
      if (at + octets > bytes.length) return undefined
      length = Buffer.from(bytes.subarray(at, at + octets)).readUIntBE(0, octets)
      at += octets
    }
    if (at + length > bytes.length || elements.length > MOST_ENTRIES) return undefined
    elements.push({ tag, content: bytes.subarray(at, at + length) })
    at += length
  }
  return elements
}

const textOf = ({ content }: Element) => Buffer.from(content).toString('latin1').slice(0, 64)
const digitsOf = (element: Element) => textOf(element).replace(/\D/g, '').slice(0, 20)
