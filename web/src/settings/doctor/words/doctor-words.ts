import { spoken } from '../../../i18n/words.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every word of the check-up; a language of the page has them all, or it does not compile. */
export type DoctorWords = typeof en

export const doctorWords = spoken<DoctorWords>({ en, de })
