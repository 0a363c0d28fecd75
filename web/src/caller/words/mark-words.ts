import { spoken } from '../../i18n/words.ts'
import { de } from './mark-de.ts'
import { en } from './mark-en.ts'

/** The few words about callers that stand in lists and cards: the page loads them first. */
export type MarkWords = typeof en

export const markWords = spoken<MarkWords>({ en, de })
