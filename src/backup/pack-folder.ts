import { chmod, open, rename, rm } from 'node:fs/promises'
import { create } from 'tar'
import { AnswerphoneError } from '../shared/errors.ts'
import { systemReason } from '../shared/system-reason.ts'

/**
 * Packs files of a folder into one tar file, compressed where its name ends in `.gz` or `.tgz`, that its owner alone may
 * read. Written beside, then named: half an archive is never taken for one. Rejects with AP_FILE_UNUSABLE.
 */
export async function packFolder(stage: string, paths: string[], file: string): Promise<void> {
  const growing = `${file}.new`
  try {
    const gzip = /\.(gz|tgz)$/.test(file)
    await create({ cwd: stage, file: growing, gzip, portable: true, strict: true, mode: 0o600 }, paths)
    await chmod(growing, 0o600)
    await sync(growing)
    await rename(growing, file)
  } catch (error) {
    await rm(growing, { force: true })
    throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why: systemReason(error) }, { cause: error })
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync().finally(() => handle.close())
}
