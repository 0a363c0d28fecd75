import { spoken } from '../../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of the storage settings; a language of the page has them all, or it does not compile. */
export type StorageWords = typeof en

export const storageWords = spoken<StorageWords>({ en, de })
