import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { WAV_HEADER_BYTES, wavHeader } from '../../wav/wav-header.ts'

/** Samples in a file of that many bytes. */
export const samplesOf = (fileBytes: number) => Math.floor((fileBytes - WAV_HEADER_BYTES) / 2)

/**
 * Writes a WAV file so that it is there as a whole or not at all: under a temporary name, synced, renamed, and the
 * folder synced. Blocks, so it runs where nobody waits: in the saver's thread, or at the start.
 *
 * @param body calls `write` with the PCM in order, and returns the number of samples
 * @throws the file system's error; then nothing is left behind
 */
export function writeWavFile(
  path: string,
  sampleRate: number,
  body: (write: (pcm: Uint8Array) => void) => number,
): void {
  const unfinished = `${path}.part`
  const folder = dirname(path)
  const madeFrom = mkdirSync(folder, { recursive: true })
  const fd = openSync(unfinished, 'w')
  try {
    let at = WAV_HEADER_BYTES
    const samples = body((pcm) => {
      writeFully(fd, pcm, at)
      at += pcm.length
    })
    writeFully(fd, wavHeader(sampleRate, samples), 0)
    fdatasyncSync(fd)
    renameSync(unfinished, path)
  } catch (error) {
    unlinkSync(unfinished)
    throw error
  } finally {
    closeSync(fd)
  }
  syncFolder(folder)
  // A new month, or a new year with its first month: their names must be durable too.
  if (madeFrom !== undefined) {
    syncFolder(dirname(folder))
    syncFolder(dirname(dirname(folder)))
  }
}

function writeFully(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, bytes.length - done, position + done)
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
