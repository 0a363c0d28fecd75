import { AnswerphoneError } from '../../shared/errors.ts'
import { ConstraintViolation } from '../engine.ts'

/** Turns a broken unique constraint into AP_NAME_TAKEN for the kind of thing that was written. */
export async function refuseTakenName<Result>(
  kind: string,
  name: string,
  written: Promise<Result>,
): Promise<Result> {
  try {
    return await written
  } catch (error) {
    if (!(error instanceof ConstraintViolation && error.kind === 'unique')) throw error
    throw new AnswerphoneError('AP_NAME_TAKEN', { kind, name }, { cause: error })
  }
}
