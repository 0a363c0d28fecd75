import parse, {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
} from 'libphonenumber-js/max'

/**
 * How numbers are written where a line is. `max` metadata of libphonenumber rather than `min`: whether digits without any
 * prefix are a whole number is asked here, and `min` knows only how long numbers may be.
 */
export interface Numbering {
  /** ISO 3166-1 alpha-2, upper case; null: not known, so that only international numbers are understood. */
  readonly country: string | null
  /** What local numbers lack, without the trunk prefix: `30`; null: local numbers are none that can be told apart. */
  readonly areaCode: string | null
}

/** Digits with `+` or without, and what people put between them. */
const DIALLABLE = /^\+?[\d .()/-]{3,40}$/
/** Shorter ones are extensions and internal numbers. */
const SHORTEST_LOCAL = 5
const LONGEST_LOCAL = 8
/** Of a number that has its area or country code, but no prefix that says so. */
const SHORTEST_BARE = 9
/** Services that answer to the same short number all over Europe, like 116117. */
const HARMONISED = /^116\d{3}$/
/** Countries whose area codes keep their zero: +39 06. */
const KEEPS_ZERO = ['IT', 'SM', 'VA']

/**
 * The number in E.164 (`+493012345`), null where it can't be told: an extension, a name, a local number of who knows
 * where, a national one of a line without a country.
 *
 * @param context `phone-context` of RFC 3966 §5.1.5; counts where it is itself a prefix like `+49`
 */
export function toE164(number: string, { country, areaCode }: Numbering, context?: string): string | null {
  if (!DIALLABLE.test(number)) return null
  if (!number.startsWith('+') && context !== undefined && /^\+[\d.()-]{1,20}$/.test(context))
    return international(context + number)
  if (number.startsWith('+')) return international(number)
  if (country === null || !isSupportedCountry(country)) return null

  const digits = number.replace(/\D/g, '')
  const parsed = parse(digits, country)
  if (!parsed) return null
  const { nationalNumber, countryCallingCode, number: e164 } = parsed
  const isBare = nationalNumber === digits
  const hasCountry = `${countryCallingCode}${nationalNumber}` === digits
  // Some prefix was there, of the trunk (030 …) or for abroad (0044 …, 011 44 …).
  if (!isBare && !hasCountry) return parsed.isPossible() ? e164 : null
  if (parsed.isValid() && hasCountry && digits.length > SHORTEST_BARE) return e164
  // The country writes its numbers so: 613 555 0123, 33 12 34 56.
  if (parsed.isValid() && parsed.formatNational().replace(/\D/g, '') === digits) return e164
  if (digits.length < SHORTEST_LOCAL || HARMONISED.test(digits)) return null
  if (areaCode !== null && digits.length <= LONGEST_LOCAL)
    return international(`+${getCountryCallingCode(country)}${trimArea(areaCode, country)}${digits}`)
  return parsed.isValid() && digits.length >= SHORTEST_BARE ? e164 : null
}

/**
 * The number as people write it: in the national way where they are in its country, else internationally. What is not
 * known in E.164 stays as it came.
 */
export function writeNumber(number: string, e164: string | null, country: string | null): string {
  const parsed = e164 === null ? undefined : parse(e164)
  if (!parsed) return number
  const isHome =
    country !== null &&
    isSupportedCountry(country) &&
    getCountryCallingCode(country) === parsed.countryCallingCode
  return isHome ? parsed.formatNational() : parsed.formatInternational()
}

/** The countries whose numbers are understood (ISO 3166-1 alpha-2). */
export const countries = (): string[] => getCountries()

/** What is dialled from abroad before numbers of this country, like `49`; null: it is not known. */
export const callingCodeOf = (country: string): string | null =>
  isSupportedCountry(country) ? getCountryCallingCode(country) : null

/**
 * What is dialled before numbers within the country that is not dialled from abroad: `0` in most, `06` in Hungary, `8` in
 * Russia; '' where there is none, as in Italy, whose zeros are part of the numbers, or it is not known.
 */
export function trunkPrefixOf(country: string): string {
  if (!isSupportedCountry(country)) return ''
  const metadata = new Metadata()
  metadata.selectNumberingPlan(country)
  // Its types leave it out; where there is no prefix it is undefined, or the number 0, which fills a gap.
  const plan = metadata.numberingPlan as { nationalPrefix?(): unknown } | undefined
  const prefix = plan?.nationalPrefix?.()
  return typeof prefix === 'string' ? prefix : ''
}

/** Whether numbers of this country (ISO 3166-1 alpha-2, upper case) are understood. */
export function isCountry(code: string): boolean {
  return isSupportedCountry(code)
}

function international(text: string): string | null {
  const parsed = parse(text)
  return parsed?.isPossible() ? parsed.number : null
}

const trimArea = (areaCode: string, country: string): string =>
  KEEPS_ZERO.includes(country) ? areaCode : areaCode.replace(/^0/, '')
