import { spoken } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word about what was said; a language of the page has them all, or it does not compile. */
export type SaidWords = typeof en

export const saidWords = spoken<SaidWords>({ en, de })
