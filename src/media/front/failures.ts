import { AnswerphoneError } from '../../shared/errors.ts'
import type { Refusal } from '../worker/messages.ts'

/** A port could not be bound; the message is the errno's name. */
export class BindFailure extends Error {}

/** An error as it was before it crossed the thread boundary. */
export function errorFrom({ message, code, details }: Refusal): Error {
  return code ? new AnswerphoneError(code, details) : new Error(message)
}
