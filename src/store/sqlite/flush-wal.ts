import { type FileHandle, open } from 'node:fs/promises'

/**
 * Makes commits survive a loss of power without stopping the main thread for it: with `synchronous=NORMAL` a commit
 * is in the WAL file but perhaps only in the kernel's memory, and fdatasync of that file in the thread pool brings it
 * to the disk. Requests that come while one is under way share the next (group commit).
 */
export interface WalFlush {
  flush(): Promise<void>
  close(): Promise<void>
}

export function createWalFlush(databaseFile: string): WalFlush {
  let wal: Promise<FileHandle> | undefined
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  const sync = async (): Promise<void> => {
    wal ??= open(`${databaseFile}-wal`, 'r')
    try {
      await (await wal).datasync()
    } catch (error) {
      wal = undefined
      throw error
    }
  }
  const start = (): Promise<void> => {
    const round = sync().finally(() => {
      if (running === round) running = undefined
    })
    running = round
    return round
  }

  return {
    flush() {
      if (!running) return start()
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined
          return start()
        })
      return next
    },
    async close() {
      await (next ?? running)?.catch(() => undefined)
      await (await wal?.catch(() => undefined))?.close()
      wal = undefined
    },
  }
}
