import { rmSync, statSync } from 'node:fs'
import { open, rename, rm, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * A file of written blocks that holds room on the disk against the day it is full: then it is given up, and what a
 * call leaves behind still gets into the database. It is built again once there is room for it twice over.
 *
 * It is the database's; the audio has its own, the journal (media/recorder).
 */
export interface Reserve {
  /** Whether the room is still held. Without a reserve wanted: true. */
  readonly held: boolean
  /** Gives the room to the file system. Returns false when there was none to give. */
  release(): boolean
  /** Builds the file where it is missing and there is room. Resolves to whether the reserve is held now. */
  restore(): Promise<boolean>
}

const BLOCK = 65_536

/** @param bytes size; 0 for no reserve */
export function createReserve(file: string, bytes: number): Reserve {
  let held = bytes === 0 || sizeOf(file) >= bytes

  return {
    get held() {
      return held
    },
    release() {
      if (bytes === 0 || sizeOf(file) === 0) return false
      rmSync(file, { force: true })
      held = false
      return true
    },
    async restore() {
      if (held) return true
      const { bavail, bsize } = await statfs(dirname(file))
      if (bavail * bsize < 2 * bytes) return false
      held = await write(file, bytes)
      return held
    },
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/**
 * Written, not truncated to length, and with noise: a hole, or zeros on a compressing file system, hold no room. In the
 * thread pool, because a slow disk takes seconds for it, and calls must not wait.
 */
async function write(file: string, bytes: number): Promise<boolean> {
  const growing = `${file}.new`
  try {
    const handle = await open(growing, 'w', 0o600)
    try {
      for (let at = 0; at < bytes; at += BLOCK) await handle.write(noise(at), 0, Math.min(BLOCK, bytes - at))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(growing, file)
    return true
  } catch {
    await rm(growing, { force: true })
    return false
  }
}

/** Bytes that don't compress; xorshift32. */
function noise(seed: number): Uint32Array {
  const words = new Uint32Array(BLOCK / 4)
  let word = seed ^ 0x9e3779b9
  for (let at = 0; at < words.length; at++) {
    word ^= word << 13
    word ^= word >>> 17
    word ^= word << 5
    words[at] = word
  }
  return words
}
