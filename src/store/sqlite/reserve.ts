import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
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
  /** Builds the file where it is missing and there is room. Returns whether the reserve is held now. */
  restore(): boolean
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
    restore() {
      if (held) return true
      const { bavail, bsize } = statfsSync(dirname(file))
      if (bavail * bsize < 2 * bytes) return false
      held = write(file, bytes)
      return held
    },
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** Written, not truncated to length, and with noise: a hole, or zeros on a compressing file system, hold no room. */
function write(file: string, bytes: number): boolean {
  const growing = `${file}.new`
  try {
    const handle = openSync(growing, 'w', 0o600)
    try {
      for (let at = 0; at < bytes; at += BLOCK) writeSync(handle, noise(at), 0, Math.min(BLOCK, bytes - at))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(growing, file)
    return true
  } catch {
    rmSync(growing, { force: true })
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
