import { workerData } from 'node:worker_threads'
import { registerMp3Encoder } from '@mediabunny/mp3-encoder'
import {
  Conversion,
  FilePathSource,
  FilePathTarget,
  Input,
  Mp3OutputFormat,
  OggOutputFormat,
  Output,
  registerEncoder,
  WAVE,
} from 'mediabunny'
import type { EncodeOrder } from './encode-recording.ts'
import { OpusEncoder } from './opus-encoder.ts'

/** The entry of a thread that encodes one file, piece by piece, and ends. It throws what went wrong. */
const { from, to, format } = workerData as EncodeOrder

const KINDS = {
  mp3: { container: () => new Mp3OutputFormat(), codec: 'mp3', bitrate: 32_000 },
  opus: { container: () => new OggOutputFormat(), codec: 'opus', bitrate: 24_000 },
} as const

if (format === 'mp3') registerMp3Encoder()
else registerEncoder(OpusEncoder)

const { container, codec, bitrate } = KINDS[format]
const conversion = await Conversion.init({
  input: new Input({ source: new FilePathSource(from), formats: [WAVE] }),
  output: new Output({ target: new FilePathTarget(to), format: container() }),
  audio: { codec, bitrate },
})
if (!conversion.isValid) throw new Error(`the recording can't be written as ${format}`)
await conversion.execute()
