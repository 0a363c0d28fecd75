import { computed } from '@preact/signals'
import { language } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of dialling; a language of the page has them all, or it does not compile. */
export type DialWords = typeof en

const dictionaries = { en, de } satisfies Record<typeof language.value, DialWords>

export const dialWords = computed<DialWords>(() => dictionaries[language.value])
