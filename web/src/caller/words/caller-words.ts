import { spoken } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** What else is said of callers, in dialogs and settings; a language of the page has them all, or it does not compile. */
export type CallerWords = typeof en

export const callerWords = spoken<CallerWords>({ en, de })
