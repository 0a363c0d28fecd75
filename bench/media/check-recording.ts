import { readFile } from 'node:fs/promises'
import { muLaw } from '../../src/media/codec/g711.ts'
import { FRAME_BYTES, writeFrame } from './frame.ts'

/** Frames of a recording that are missing, foreign or out of place; the recording's µ-law codes are compared one by one. */
export async function wrongFrames(file: string, call: number, frames: number): Promise<number> {
  const wav = await readFile(file)
  const start = wav.indexOf('data', 12, 'latin1') + 8
  const length = wav.readUInt32LE(start - 4)
  const pcm = new Int16Array(length / 2)
  for (let i = 0; i < pcm.length; i++) pcm[i] = wav.readInt16LE(start + 2 * i)
  const codes = new Uint8Array(pcm.length)
  muLaw.encode(pcm, codes)

  const expected = new Uint8Array(FRAME_BYTES)
  let wrong = Math.abs(Math.ceil(codes.length / FRAME_BYTES) - frames)
  for (let frame = 0; frame < Math.min(frames, codes.length / FRAME_BYTES); frame++) {
    writeFrame(call, frame, expected, 0)
    const at = frame * FRAME_BYTES
    if (Buffer.compare(codes.subarray(at, at + FRAME_BYTES), expected) !== 0) wrong++
  }
  return wrong
}
