import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'

export const MANIFEST = 'manifest.json'
export const DATABASE = 'answerphone.db'
/** What of a data directory is in a backup, besides the database. */
export const FOLDERS = ['recordings', 'greetings', 'secrets'] as const

/** What is written into a backup about the rest of it. */
export const manifest = z.object({
  kind: z.literal('answerphone-backup'),
  format: z.literal(1),
  /** Of the program that made it. */
  version: z.string(),
  createdAt: z.iso.datetime(),
  /** The newest migration that the database has seen. */
  migration: z.string(),
  messages: z.int(),
  files: z.array(z.object({ path: z.string(), size: z.int(), sha256: z.string() })),
  /** Named by the database, and not there when the backup was made. */
  missing: z.array(z.string()),
})

export type Manifest = z.infer<typeof manifest>

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
