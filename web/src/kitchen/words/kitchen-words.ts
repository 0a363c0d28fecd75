import { computed } from '@preact/signals'
import { language } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of the kitchen mode; a language of the page has them all, or it does not compile. */
export type KitchenWords = typeof en

const dictionaries = { en, de } satisfies Record<typeof language.value, KitchenWords>

export const kitchenWords = computed<KitchenWords>(() => dictionaries[language.value])
