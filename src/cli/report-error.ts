import { CommanderError } from 'commander'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Terminal } from './terminal.ts'

/** Says what went wrong and gives the exit code: 1 for an error, 2 when the command was not understood. */
export function reportError(error: unknown, terminal: Pick<Terminal, 'warn'>): number {
  // commander has said it already; asking for help or the version is none.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof AnswerphoneError) {
    terminal.warn(`answerphone: ${error.code}: ${error.message}\n`)
    return 1
  }
  terminal.warn(
    `answerphone: AP_INTERNAL: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`,
  )
  return 1
}
