import { AnswerphoneError, type ErrorCode } from '../shared/errors.ts'

/** In each language of the page. */
export interface Spoken {
  readonly en: string
  readonly de: string
}

/** What is looked at, in the order in which calls depend on it. */
export const AREAS = [
  'program',
  'disk',
  'clock',
  'ports',
  'address',
  'lines',
  'names',
  'certificates',
  'phones',
  'lists',
  'contacts',
  'sound',
] as const
export type Area = (typeof AREAS)[number]

/** What the doctor found out about one thing. */
export interface Finding {
  readonly area: Area
  readonly level: 'ok' | 'warn' | 'fail'
  /** Of the catalogue of errors; null where all is well. */
  readonly code: ErrorCode | null
  readonly what: Spoken
  /** What is wrong in full, and what to do about it; null where all is well. */
  readonly advice: Spoken | null
}

export const ok = (area: Area, en: string, de: string): Finding => ({
  area,
  level: 'ok',
  code: null,
  what: { en, de },
  advice: null,
})

/** What is wrong, by the catalogue. */
export interface Problem {
  readonly code: ErrorCode
  readonly details?: Record<string, string | number>
  /** In few words. */
  readonly what: Spoken
  /** What the catalogue says, in German. */
  readonly de: string
}

export const warn = (area: Area, problem: Problem) => tell(area, 'warn', problem)
export const fail = (area: Area, problem: Problem) => tell(area, 'fail', problem)

function tell(area: Area, level: 'warn' | 'fail', { code, details, what, de }: Problem): Finding {
  return { area, level, code, what, advice: { en: new AnswerphoneError(code, details).message, de } }
}
