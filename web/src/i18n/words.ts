import { computed, effect, signal } from '@preact/signals'
import { stored } from '../state/stored.ts'
import { en } from './en.ts'

/** Every word of the page; each language has them all, or it does not compile. */
export type Words = typeof en

/** English comes with the page, and is spoken until another language is here. */
const dictionaries = {
  en: async () => en,
  de: async () => (await import('./de.ts')).de,
} satisfies Record<string, () => Promise<Words>>
export type Language = keyof typeof dictionaries

/** Each language in its own words. */
export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
]

/** The first of the browser's languages that the page speaks. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => languages.find(({ id }) => tag.toLowerCase().split('-')[0] === id)?.id)
  return known.find((id) => id !== undefined) ?? 'en'
}

export const language = stored<Language>('language', ['en', 'de'], preferredLanguage(navigator.languages))

/** The words of the language that the page speaks now; each part of it has every language, or it does not compile. */
export const spoken = <Spoken>(inEach: Record<Language, Spoken>) =>
  computed<Spoken>(() => inEach[language.value])

const loaded = signal<{ readonly [Id in Language]?: Words }>({ en })

export const words = computed<Words>(() => loaded.value[language.value] ?? en)

/** Fetches the words of the page's language; where they can't be had, it speaks English. */
export async function loadWords(): Promise<void> {
  const id = language.value
  if (loaded.value[id]) return
  const fetched = await dictionaries[id]().catch(() => undefined)
  if (fetched) loaded.value = { ...loaded.value, [id]: fetched }
}

/** The tag for dates and numbers: the browser's own region where it speaks the page's language. */
export const place = computed(() => ({
  language: navigator.languages.find((tag) => tag.split('-')[0] === language.value) ?? language.value,
}))

export function applyLanguage(): void {
  effect(() => {
    document.documentElement.lang = language.value
    void loadWords()
  })
}
