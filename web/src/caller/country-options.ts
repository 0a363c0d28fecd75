import { place } from '../i18n/words.ts'

/** Countries by their names in the page's language, in order; the one that is chosen is there in any case. */
export function countryOptions(countries: readonly string[], chosen: string) {
  const { language } = place.value
  const names = new Intl.DisplayNames(language, { type: 'region' })
  const all = new Set(chosen === '' ? countries : [...countries, chosen])
  return [...all]
    .map((value) => ({ value, name: names.of(value) ?? value }))
    .sort((a, b) => a.name.localeCompare(b.name, language))
}
