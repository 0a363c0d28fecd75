import { spoken } from '../../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of the settings of the transcription; a language of the page has them all, or it does not compile. */
export type TranscriptionWords = typeof en

export const transcriptionWords = spoken<TranscriptionWords>({ en, de })
