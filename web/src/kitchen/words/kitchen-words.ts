import { spoken } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of the kitchen mode; a language of the page has them all, or it does not compile. */
export type KitchenWords = typeof en

export const kitchenWords = spoken<KitchenWords>({ en, de })
