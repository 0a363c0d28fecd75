import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of a mail; a language has them all, or it does not compile. */
export type LetterWords = typeof en

export const letterWords: Readonly<Record<'en' | 'de', LetterWords>> = { en, de }
