import { comparable, isSameNumber } from './same-number.ts'
import { type Numbering, toE164 } from './telephone-number.ts'

/** A number that is held against others. */
export interface ComparedNumber {
  /** As `comparable` has it. */
  readonly key: string
  /** In E.164, where that is known. */
  readonly e164: string | null
}

const NOWHERE: Numbering = { country: null, areaCode: null }

/**
 * @param numbering where numbers are meant that have no country code
 * @param known the number in E.164, where somebody knows it already
 */
export function compared(
  number: string,
  numbering: Numbering = NOWHERE,
  known: string | null = null,
): ComparedNumber {
  const e164 = known ?? toE164(number, numbering)
  return { key: comparable(e164 ?? number), e164 }
}

/**
 * Whether two numbers are one. Where both are known in E.164 they must be equal: +47 22 12 34 56 is how +1 472 212 3456 ends,
 * and another. Else the shorter may lack what it is not dialled with, as `isSameNumber` has it.
 */
export function areOne(one: ComparedNumber, other: ComparedNumber): boolean {
  return one.e164 !== null && other.e164 !== null ? one.e164 === other.e164 : isSameNumber(one.key, other.key)
}
