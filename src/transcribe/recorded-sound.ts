import { open } from 'node:fs/promises'
import { LiveResampler } from '../media/wav/live-resampler.ts'
import { WAV_HEADER_BYTES } from '../media/wav/wav-header.ts'

/** Half a second at 16 kHz; whole at every rate that recordings have. */
const PIECE_BYTES = 16_000
/** Where the header has the rate (RIFF). */
const RATE_AT = 24

/** The sound of a recording of ours, piece by piece, at this rate. */
export async function* recordedSound(path: string, sampleRate: number): AsyncGenerator<Int16Array> {
  await using file = await open(path)
  const header = Buffer.alloc(WAV_HEADER_BYTES)
  await file.read(header, 0, header.length, 0)
  const from = header.readUInt32LE(RATE_AT)
  const resampler = new LiveResampler(from, sampleRate)
  for (let at = WAV_HEADER_BYTES; ; ) {
    const bytes = Buffer.alloc(PIECE_BYTES)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, at)
    at += bytesRead
    // The last piece is made whole by silence.
    if (bytesRead < 2) return
    const pcm = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
    const length = Math.floor(bytesRead / 2)
    const out = new Int16Array((pcm.length * sampleRate) / from)
    resampler.run(pcm, out)
    yield out.subarray(0, Math.ceil((length * sampleRate) / from))
  }
}
