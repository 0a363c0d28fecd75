import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Certificate } from './certificate.ts'

/** Reads a certificate that `keepPair` wrote; undefined where there is none. */
export async function readPair(path: string): Promise<Certificate | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Certificate
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Writes a certificate and its key as one, so that neither is ever there without the other; for our eyes only. */
export async function keepPair(path: string, pair: Certificate): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, JSON.stringify(pair), { mode: 0o600 })
  await rename(`${path}.new`, path)
}
