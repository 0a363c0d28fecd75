import { spoken } from '../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

export type SendingWords = typeof en

export const sendingWords = spoken<SendingWords>({ en, de })
