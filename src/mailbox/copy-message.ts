import { constants } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Message } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { pathBelow } from './path-below.ts'

/** How a copy differs from its message. */
export interface CopyOrder {
  readonly id: string
  readonly mailboxId: string
  /** Who puts it there, as the audit names them. */
  readonly by: string
  readonly note: string
}

/**
 * Puts a copy into another mailbox, new, with a recording of its own: each may be deleted without the other. File before
 * row: stopped in between, a stray file is left, which the sweep removes.
 *
 * @param from path of the message's recording
 */
export async function copyMessage(
  message: Message,
  from: string,
  { id, mailboxId, by, note }: CopyOrder,
  { messages, folder }: { readonly messages: Pick<Store['messages'], 'add'>; readonly folder: string },
): Promise<Message> {
  const file = join(dirname(message.file), `${id}.wav`)
  const path = pathBelow(folder, file)
  if (path === undefined) throw new Error(`${basename(message.file)} lies outside of the recordings`)
  const copy: Message = {
    ...message,
    ...{ id, mailboxId, note, file, forwardedBy: by },
    // Whoever has that mailbox has not heard it, whatever became of the first.
    ...{ state: 'new', heardAt: null, stateBeforeTrash: null, trashedAt: null, pickedUp: null },
    junkReason: null,
  }
  try {
    // Where the file system can, the two share their blocks until one changes, which recordings never do.
    await copyFile(from, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    await messages.add(copy)
  } catch (error) {
    await rm(path, { force: true })
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? new AnswerphoneError('AP_DISK_FULL', {}, { cause: error })
      : error
  }
  return copy
}
