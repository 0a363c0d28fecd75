import { aLaw, type Law, muLaw } from '../codec/g711.ts'
import { saturate } from '../codec/saturate.ts'

/** Audio of a WAV file, mixed to mono. */
export interface WavAudio {
  readonly samples: Int16Array
  readonly sampleRate: number
}

/** What is wrong with a WAV file, in words that end a sentence. */
export class WavError extends Error {
  override readonly name = 'WavError'
}

const MAX_RATE = 96_000
const MIN_RATE = 4_000

/** Format tags (Microsoft, mmreg.h). */
const PCM = 1
const FLOAT = 3
const A_LAW = 6
const MU_LAW = 7
const EXTENSIBLE = 0xfffe

interface Format {
  readonly tag: number
  readonly channels: number
  readonly sampleRate: number
  readonly bits: number
}

/**
 * Reads a RIFF WAVE file: PCM of 8, 16, 24 or 32 bits, float of 32 or 64, µ-law or A-law; mono or stereo; 4 to 96
 * kHz. A length that is wrong, as in a file that was cut off or streamed, means: up to the end.
 *
 * @throws WavError for everything else; its message fits after "can't be read:"
 */
export function readWav(bytes: Uint8Array): WavAudio {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (
    view.length < 12 ||
    view.toString('latin1', 0, 4) !== 'RIFF' ||
    view.toString('latin1', 8, 12) !== 'WAVE'
  )
    throw new WavError('it is not a WAV file')

  let format: Format | undefined
  for (let at = 12; at + 8 <= view.length; ) {
    const name = view.toString('latin1', at, at + 4)
    const length = view.readUInt32LE(at + 4)
    const body = view.subarray(at + 8, Math.min(at + 8 + length, view.length))
    if (name === 'fmt ') format = readFormat(body)
    if (name === 'data') {
      if (!format) throw new WavError('it says nothing of its format before its audio')
      return { samples: readSamples(body, format), sampleRate: format.sampleRate }
    }
    at += 8 + length + (length % 2) // chunks are padded to even lengths
  }
  throw new WavError('it has no audio')
}

function readFormat(body: Buffer): Format {
  if (body.length < 16) throw new WavError('its format is cut off')
  const tag = body.readUInt16LE(0)
  const channels = body.readUInt16LE(2)
  const sampleRate = body.readUInt32LE(4)
  const bits = body.readUInt16LE(14)
  if (channels < 1 || channels > 2) throw new WavError(`it has ${channels} channels; one or two will do`)
  if (sampleRate < MIN_RATE || sampleRate > MAX_RATE)
    throw new WavError(`its rate of ${sampleRate} Hz is not between ${MIN_RATE} and ${MAX_RATE}`)
  // WAVE_FORMAT_EXTENSIBLE: the tag proper begins the sub-format's GUID.
  if (tag !== EXTENSIBLE) return { tag, channels, sampleRate, bits }
  if (body.length < 26) throw new WavError('its format is cut off')
  return { tag: body.readUInt16LE(24), channels, sampleRate, bits }
}

/** The samples of all channels, averaged. */
function readSamples(body: Buffer, format: Format): Int16Array {
  // What most files have is there as it is wanted: prompts are read at each start.
  if (format.tag === PCM && format.bits === 16 && format.channels === 1) {
    const { buffer, byteOffset, length } = body
    return new Int16Array(buffer.slice(byteOffset, byteOffset + length - (length % 2)) as ArrayBuffer)
  }
  const { sample, size } = readerFor(body, format)
  const frame = size * format.channels
  const mono = new Int16Array(Math.floor(body.length / frame))
  for (let i = 0; i < mono.length; i++) {
    let sum = 0
    for (let channel = 0; channel < format.channels; channel++) sum += sample(i * frame + channel * size)
    mono[i] = saturate(Math.round(sum / format.channels))
  }
  return mono
}

/** How to read the sample at a byte offset, on the scale of 16 bits, and how many bytes it takes. */
function readerFor(body: Buffer, { tag, bits }: Format): { sample: (at: number) => number; size: number } {
  switch (`${tag}/${bits}`) {
    case `${PCM}/8`:
      return { sample: (at) => ((body[at] ?? 128) - 128) * 256, size: 1 }
    case `${PCM}/16`:
      return { sample: (at) => body.readInt16LE(at), size: 2 }
    case `${PCM}/24`:
      return { sample: (at) => body.readIntLE(at, 3) / 256, size: 3 }
    case `${PCM}/32`:
      return { sample: (at) => body.readInt32LE(at) / 65_536, size: 4 }
    case `${FLOAT}/32`:
      return { sample: (at) => finite(body.readFloatLE(at)) * 32_768, size: 4 }
    case `${FLOAT}/64`:
      return { sample: (at) => finite(body.readDoubleLE(at)) * 32_768, size: 8 }
    case `${MU_LAW}/8`:
      return { sample: companded(body, muLaw), size: 1 }
    case `${A_LAW}/8`:
      return { sample: companded(body, aLaw), size: 1 }
    default:
      throw new WavError(`its format (${tag}, ${bits} bits) is not PCM, float, µ-law or A-law`)
  }
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0)

function companded(body: Buffer, law: Law): (at: number) => number {
  const decoded = new Int16Array(body.length)
  law.decode(body, decoded)
  return (at) => decoded[at] ?? 0
}
