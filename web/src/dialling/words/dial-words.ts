import { spoken } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of dialling; a language of the page has them all, or it does not compile. */
export type DialWords = typeof en

export const dialWords = spoken<DialWords>({ en, de })
