import { spoken } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of what went over the wire; a language of the page has them all, or it does not compile. */
export type LadderWords = typeof en

export const ladderWords = spoken<LadderWords>({ en, de })
