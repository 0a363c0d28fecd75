import { comparable } from './same-number.ts'
import { toE164 } from './telephone-number.ts'

/** A number, and by what it is found again. */
export interface KeyedNumber {
  /** As it is written, and in E.164 where that can be told: 030 1234567 and +49301234567 share one in Germany. */
  readonly keys: readonly string[]
  /** In E.164, where that is known. */
  readonly e164: string | null
}

/**
 * @param country in which it is meant, where it has no country code; null: not known
 * @param known the number in E.164, where somebody knows it already
 */
export function keyedNumber(
  number: string,
  country: string | null,
  known: string | null = null,
): KeyedNumber {
  const e164 = known ?? toE164(number, { country, areaCode: null })
  return { keys: e164 === null ? [comparable(number)] : [comparable(number), comparable(e164)], e164 }
}

/**
 * Whether two numbers are one: where both are known in E.164, what they were written like decides nothing. 01203 5550100 of
 * Germany is written as +1 203 555 0100 is, but for the +.
 */
export function shareKey(one: KeyedNumber, other: KeyedNumber): boolean {
  if (one.e164 !== null && other.e164 !== null) return one.e164 === other.e164
  return one.keys.some((key) => other.keys.includes(key))
}
