import { writeFile } from 'node:fs/promises'
import type { Terminal } from './terminal.ts'
import { refuseFile } from './write-audio.ts'

/** Writes bytes to where the person wants them, for her eyes only; - is the standard output. Rejects with AP_FILE_UNUSABLE. */
export async function writeOut(bytes: Uint8Array, out: string, terminal: Terminal): Promise<void> {
  if (out === '-') terminal.print(bytes)
  else await writeFile(out, bytes, { mode: 0o600 }).catch((error: Error) => refuseFile(out, error))
}
