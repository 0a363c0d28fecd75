import { comparable } from './same-number.ts'
import { toE164 } from './telephone-number.ts'

/**
 * By what a number is found again: as it is written, and in E.164 where that can be told. 030 1234567 and +49301234567 are
 * one in Germany, and share a key.
 *
 * @param country in which it is meant, where it has no country code; null: not known
 * @param known the number in E.164, where somebody knows it already
 */
export function numberKeys(
  number: string,
  country: string | null,
  known: string | null = null,
): readonly string[] {
  const e164 = known ?? toE164(number, { country, areaCode: null })
  return e164 === null ? [comparable(number)] : [comparable(number), comparable(e164)]
}
