import { spoken } from '../../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of the greetings' times; a language of the page has them all, or it does not compile. */
export type ScheduleWords = typeof en

export const scheduleWords = spoken<ScheduleWords>({ en, de })
