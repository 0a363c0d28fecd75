import { constants } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Clock } from '../shared/clock.ts'
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

interface CopyTools {
  readonly messages: Pick<Store['messages'], 'add'>
  /** The folder of the recordings. */
  readonly folder: string
  readonly clock: Clock
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
  { messages, folder, clock }: CopyTools,
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
    // It is kept from now on: a mailbox that puts away what is old and unheard has only just got it.
    await messages.add(copy, clock.now())
  } catch (error) {
    await rm(path, { force: true })
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? new AnswerphoneError('AP_DISK_FULL', {}, { cause: error })
      : error
  }
  return copy
}
