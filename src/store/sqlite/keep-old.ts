import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { copyDatabase, readContents } from './database-copy.ts'

/** The last two upgrades can be taken back. */
const KEPT = 2

/**
 * Copies a database that is about to be migrated to `FILE.before-NNNN`, NNNN being the number of the first migration to
 * come, so that an older program can have it again. Older copies but one are removed.
 */
export async function keepOld(file: string, first: string): Promise<void> {
  const prefix = `${file}.before-`
  const taken = `${file}.taken-${process.pid}`
  await copyDatabase(file, taken)
  // Another process may have migrated it since we looked: that is no copy of what was before.
  if (readContents(taken).migrations.includes(first)) return rm(taken)
  await rename(taken, prefix + first.slice(0, 4))

  const folder = dirname(file)
  const copies = (await readdir(folder)).filter((name) => name.startsWith(basename(prefix))).toSorted()
  for (const name of copies.slice(0, -KEPT)) await rm(join(folder, name))
}
