/** In which languages the machine speaks to callers, and in the spoken menu. */
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** Where German is spoken by nearly all: ISO 3166-1 alpha-2. */
const GERMAN: ReadonlySet<string> = new Set(['DE', 'AT', 'CH', 'LI'])
const GERMAN_ZONES = /^Europe\/(Berlin|Busingen|Vienna|Zurich|Vaduz)$/

/** What is spoken at first in a house in this country; unknown: as the time zone of its machine lets one think. */
export function languageAt(country: string | null, timeZone: string): Language {
  if (country !== null) return GERMAN.has(country) ? 'de' : 'en'
  return GERMAN_ZONES.test(timeZone) ? 'de' : 'en'
}
