import { spoken } from '../../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of calling out; a language of the page has them all, or it does not compile. */
export type OutWords = typeof en

export const outWords = spoken<OutWords>({ en, de })
