import { AnswerphoneError } from '../shared/errors.ts'
import { callingCodeOf, toE164, trunkPrefixOf } from '../shared/telephone-number.ts'
import { NO_NUMBERS, type NumberSet } from './number-set.ts'

/** So many may be on one list: 8 MB. */
export const MOST_NUMBERS = 1_000_000
/** Beginnings of numbers, each of which is a string. */
const MOST_PATTERNS = 20_000

/** Takes in numbers as people and services write them. */
export interface NumberCollector {
  /** What is no number is counted, and left out. Throws AP_LIST_TOO_LONG. */
  add(written: string): void
  remove(written: string): void
  /** Kept beside the others: one that the owner has put there himself, or the beginning of some. */
  addOwn(written: string): void
  /** Never on the list, though it be added. */
  allow(written: string): void
  /** What `add` took in, and could not. */
  readonly taken: number
  readonly skipped: number
  collect(): NumberSet
}

/** A number as it is kept. */
type Kept =
  | { readonly kind: 'world' | 'local'; readonly digits: number }
  | { readonly kind: 'pattern'; readonly pattern: string }

/**
 * @param country of numbers that are written without their own; null: not known, and they are kept as they are written
 * @param before to go on from
 */
export function collectNumbers(country: string | null, before: NumberSet = NO_NUMBERS): NumberCollector {
  const world = new Set(before.world)
  const local = new Set(before.local)
  const patterns = new Set(before.patterns)
  const allowed = new Set<number>()
  let [taken, skipped] = [0, 0]
  const bound = () => {
    if (world.size + local.size + patterns.size > MOST_NUMBERS || patterns.size > MOST_PATTERNS)
      throw new AnswerphoneError('AP_LIST_TOO_LONG', { most: MOST_NUMBERS, patterns: MOST_PATTERNS })
  }
  return {
    add(written) {
      const kept = keptAs(written, country)
      if (!kept) {
        skipped += 1
        return
      }
      taken += 1
      if (kept.kind === 'pattern') patterns.add(kept.pattern)
      else (kept.kind === 'world' ? world : local).add(kept.digits)
      bound()
    },
    remove(written) {
      const kept = keptAs(written, country)
      if (kept?.kind === 'pattern') patterns.delete(kept.pattern)
      else if (kept) (kept.kind === 'world' ? world : local).delete(kept.digits)
    },
    addOwn(written) {
      const kept = keptAs(written, country)
      if (kept) patterns.add(kept.kind === 'pattern' ? kept.pattern : `${kept.digits}`)
      bound()
    },
    allow(written) {
      const kept = keptAs(written, country)
      if (kept?.kind === 'world') allowed.add(kept.digits)
    },
    get taken() {
      return taken
    },
    get skipped() {
      return skipped
    },
    collect: () => ({ world: sorted(world), local: sorted(local), patterns, allowed: sorted(allowed) }),
  }
}

const sorted = (numbers: ReadonlySet<number>) => Float64Array.from(numbers).sort()

/** Digits, and what people put between them; a `*` at the end stands for any more. */
const NUMBER = /^\+?[\d .()/\u00a0-]{2,40}\*?$/
/** As services write it: no need to look closer, which takes ten times as long. */
const PLAIN_E164 = /^\+[1-9]\d{6,14}$/

function keptAs(text: string, country: string | null): Kept | undefined {
  const written = text.trim()
  if (PLAIN_E164.test(written)) return { kind: 'world', digits: Number(written.slice(1)) }
  if (!NUMBER.test(written)) return undefined
  if (written.endsWith('*')) return patternOf(written, country)
  const e164 = toE164(written.replaceAll('\u00a0', ' '), { country, areaCode: null })
  if (e164 !== null) return { kind: 'world', digits: Number(e164.slice(1)) }
  // With a country code that there is not, or too long: nobody calls from there.
  if (written.startsWith('+')) return undefined
  const digits = digitsOf(written).replace(/^0+/, '')
  return digits.length >= 3 && digits.length <= 15 ? { kind: 'local', digits: Number(digits) } : undefined
}

/** As rules read it (rules/number-pattern.ts): with + or 00 as from abroad, else within the country. */
function patternOf(written: string, country: string | null): Kept | undefined {
  const digits = digitsOf(written)
  const beginning = /^(\+|00)/.test(written) ? digits.replace(/^0+/, '') : fromAbroad(digits, country)
  if (beginning === undefined) return undefined
  // Less would be a whole country, and more no number.
  return beginning.length >= 3 && beginning.length <= 15
    ? { kind: 'pattern', pattern: `${beginning}*` }
    : undefined
}

function fromAbroad(digits: string, country: string | null): string | undefined {
  const code = country === null ? null : callingCodeOf(country)
  if (country === null || code === null) return undefined
  const prefix = trunkPrefixOf(country)
  return code + (digits.startsWith(prefix) ? digits.slice(prefix.length) : digits)
}

const digitsOf = (written: string) => written.replace(/\D/g, '')
