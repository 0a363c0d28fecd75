import { AnswerphoneError, catalogue, type ErrorCode } from '../shared/errors.ts'
import type { ListProblem } from '../store/number-list.ts'

/** What stood in the way of a list, in words. */
export const problemOf = ({ code, details }: ListProblem): AnswerphoneError =>
  new AnswerphoneError(isKnown(code) ? code : 'AP_INTERNAL', { ...details })

const isKnown = (code: string): code is ErrorCode => code in catalogue
