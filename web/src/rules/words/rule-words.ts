import { spoken } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of the rules; a language of the page has them all, or it does not compile. */
export type RuleWords = typeof en

export const ruleWords = spoken<RuleWords>({ en, de })
