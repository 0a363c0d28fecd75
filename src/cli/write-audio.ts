import { readFile } from 'node:fs/promises'
import { copyPrivately } from '../shared/copy-privately.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { systemReason } from '../shared/system-reason.ts'
import type { Terminal } from './terminal.ts'

/** Copies a recording to where the person wants it, for her eyes only; - is the standard output. */
export async function writeAudio(path: string, out: string, terminal: Terminal): Promise<void> {
  if (out === '-') terminal.print(await readFile(path))
  else await copyPrivately(path, out).catch((error: Error) => refuseFile(out, error))
}

/** Throws AP_FILE_UNUSABLE. */
export function refuseFile(file: string, error: Error): never {
  throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why: systemReason(error) }, { cause: error })
}
