import fs from 'node:fs'
import { open, statfs, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A segment's file while it is written to. Everything happens in libuv's pool, nothing on the calling thread. */
export interface JournalFile {
  write(bytes: Uint8Array, position: number): Promise<void>
  /** The data is on the disk, not only in the kernel's memory. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** What the journal asks of a file system; a test passes one that runs full or stalls. */
export interface Disk {
  /** Makes a file of really allocated zeros, durable with its name; leaves nothing behind when it fails. */
  allocate(path: string, bytes: number): Promise<void>
  open(path: string): Promise<JournalFile>
  remove(path: string): Promise<void>
}

const STRETCH_BYTES = 1 << 20

export const realDisk: Disk = {
  async allocate(path, bytes) {
    const folder = dirname(path)
    const { bavail, bsize } = await statfs(folder)
    // The journal leaves the disk's last bytes to the database, which has to make the rows.
    if (bavail * bsize < 2 * bytes)
      throw Object.assign(new Error('no room for a segment'), { code: 'ENOSPC' })
    const file = await open(path, 'wx')
    try {
      // Zeros, not fallocate: blocks that were written once are never converted, so later writes change no metadata.
      const zeros = Buffer.alloc(Math.min(bytes, STRETCH_BYTES))
      for (let at = 0; at < bytes; at += zeros.length)
        await file.write(zeros, 0, Math.min(zeros.length, bytes - at), at)
      await file.sync()
    } catch (error) {
      await unlink(path).catch(() => {})
      throw error
    } finally {
      await file.close()
    }
    await syncFolder(folder)
  },
  open: (path) =>
    new Promise((resolve, reject) =>
      fs.open(path, 'r+', (error, fd) => (error ? reject(error) : resolve(openFile(fd)))),
    ),
  remove: unlink,
}

function openFile(fd: number): JournalFile {
  const call = (run: (done: (error: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => run((error) => (error ? reject(error) : resolve())))
  const write = (bytes: Uint8Array, position: number): Promise<void> =>
    new Promise((resolve, reject) =>
      fs.write(fd, bytes, 0, bytes.length, position, (error, written) => {
        if (error) reject(error)
        else if (written < bytes.length) resolve(write(bytes.subarray(written), position + written))
        else resolve()
      }),
    )
  return {
    write,
    sync: () => call((done) => fs.fdatasync(fd, done)),
    close: () => call((done) => fs.close(fd, done)),
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
