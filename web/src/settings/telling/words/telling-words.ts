import { spoken } from '../../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word about who is told; a language of the page has them all, or it does not compile. */
export type TellingWords = typeof en

export const tellingWords = spoken<TellingWords>({ en, de })
