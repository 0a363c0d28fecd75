import { AnswerphoneError } from '../shared/errors.ts'
import type { Terminal } from './terminal.ts'

export interface PasswordFlags {
  readonly password?: string
  readonly passwordStdin?: boolean
}

/** The password that the flags give; undefined where they give none. */
export async function readGivenPassword(
  { password, passwordStdin }: PasswordFlags,
  terminal: Terminal,
): Promise<string | undefined> {
  return passwordStdin && password === undefined
    ? (await terminal.readSecret('Password (it is not shown): ')).replace(/\r?\n$/, '')
    : password
}

/** The same, where one is needed. */
export async function readPassword(flags: PasswordFlags, terminal: Terminal): Promise<string> {
  const password = await readGivenPassword(flags, terminal)
  if (password !== undefined) return password
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: 'Give the password with --password-stdin or --password.',
  })
}
