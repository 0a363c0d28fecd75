import { spoken } from '../../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word about block lists; a language of the page has them all, or it does not compile. */
export type ListWords = typeof en

export const listWords = spoken<ListWords>({ en, de })
