import { spoken } from '../../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of accounts and presets; a language of the page has them all, or it does not compile. */
export type PresetWords = typeof en

export const presetWords = spoken<PresetWords>({ en, de })
