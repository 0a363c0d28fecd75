import { spoken } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of contacts; a language of the page has them all, or it does not compile. */
export type ContactWords = typeof en

export const contactWords = spoken<ContactWords>({ en, de })
