import type { Language } from '../shared/language.ts'
import { english } from './spell-english.ts'
import { german } from './spell-german.ts'

/** How numbers and moments are put together of recorded sounds, in one language: each is the name of a file. */
export interface Speller {
  /** All sounds of which it makes them. */
  readonly sounds: readonly string[]
  /** A whole number from 0, as one counts: message *one*. */
  number(number: number): readonly string[]
  /** As it stands before messages: *one* message. Not of 0. */
  count(number: number): readonly string[]
  /**
   * A moment as one would say it: of the last week by its weekday, of before by its date.
   *
   * @param at and `now`: ms since the Unix epoch
   * @param timeZone IANA name
   */
  moment(at: number, now: number, timeZone: string): readonly string[]
}

export const spellers: Readonly<Record<Language, Speller>> = { en: english, de: german }

/** A number as it is dialled, alike in all of them. */
export const spellDigits = (digits: string): readonly string[] => [...digits].map((digit) => `n${digit}`)
