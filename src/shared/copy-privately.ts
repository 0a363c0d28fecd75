import { chmod, copyFile } from 'node:fs/promises'

/** Copies a file for the eyes of its owner only, whoever may read the one that is copied. Rejects as the file system does. */
export async function copyPrivately(from: string, to: string): Promise<void> {
  await copyFile(from, to)
  await chmod(to, 0o600)
}
