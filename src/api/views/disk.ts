import { statfs } from 'node:fs/promises'
import type { Storage } from '../contract.ts'

/** The room on a folder's disk; null where the system does not say. */
export async function readDisk(folder: string): Promise<Storage['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch {
    return null
  }
}
