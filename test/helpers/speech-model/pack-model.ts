import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'tar'

/** Packs what `write` puts into a folder as releases of sherpa-onnx are packed: in a folder of its own. Compressed, where the file's name says so. */
export async function packModel(file: string, write: (folder: string) => void): Promise<string> {
  const from = mkdtempSync(join(tmpdir(), 'answerphone-packed-'))
  try {
    mkdirSync(join(from, 'inner'))
    write(join(from, 'inner'))
    await create({ cwd: from, file, gzip: file.endsWith('gz'), portable: true }, ['inner'])
    return file
  } finally {
    rmSync(from, { recursive: true })
  }
}
