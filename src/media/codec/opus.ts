import { LONGEST_PACKET_MS } from '../rtp/longest-packet.ts'
import { LibOpusDecoder, LibOpusEncoder } from './libopus.ts'

/** What we send: 20 ms of wideband speech, always as many bytes (RFC 6562 §4: sizes that vary tell what is said). */
export const OPUS_BITRATE = 32_000
export const OPUS_RATE = 16_000
/** Half of what there is: the rest is more work than it is worth in a telephone's band. */
const COMPLEXITY = 5
/** The rate at which a sound is judged. */
const EAR_RATE = 8000

/** RFC 6716 §3.1: how long a frame is by the configuration in the packet's first byte. */
const FRAME_MS = [
  ...[10, 20, 40, 60, 10, 20, 40, 60, 10, 20, 40, 60],
  ...[10, 20, 10, 20],
  ...[2.5, 5, 10, 20, 2.5, 5, 10, 20, 2.5, 5, 10, 20, 2.5, 5, 10, 20],
]

/** How long the packet between these bytes sounds, in ms; 0 when it is none (RFC 6716 §3.2, R5). */
export function opusDuration(bytes: Uint8Array, start = 0, end = bytes.length): number {
  if (end <= start) return 0
  const toc = bytes[start] as number
  const frames = [1, 2, 2, end - start > 1 ? (bytes[start + 1] as number) & 0x3f : 0][toc & 3] as number
  const durationMs = frames * (FRAME_MS[toc >> 3] as number)
  return durationMs <= LONGEST_PACKET_MS ? durationMs : 0
}

/** What the encoder makes of 20 ms of silence, once it has heard some. */
export const OPUS_SILENCE = Buffer.alloc((OPUS_BITRATE * 20) / 8000)
OPUS_SILENCE.set([0x4b, 0x41, 0x46, 0x06, 0xe3, 0x79, 0xc5, 0x12, 0xf7, 0xbc])

const SAMPLES = (OPUS_RATE * 20) / 1000

/** PCM of any number of frames of 20 ms, or of one shorter frame. */
export function createOpusEncoder(): (pcm: Int16Array, into: Uint8Array) => void {
  const encoder = new LibOpusEncoder({ sampleRate: OPUS_RATE, bitrate: OPUS_BITRATE, complexity: COMPLEXITY })
  const bytesOf = (samples: number) => (samples * OPUS_BITRATE) / OPUS_RATE / 8
  return (pcm, into) => {
    for (let at = 0; at < pcm.length; at += SAMPLES) {
      const frame = pcm.subarray(at, at + SAMPLES)
      const from = bytesOf(at)
      encoder.encode(frame, into.subarray(from, from + bytesOf(frame.length)))
    }
  }
}

export function createOpusDecoder(sampleRate = OPUS_RATE) {
  const decoder = new LibOpusDecoder(sampleRate)
  const decode = (payload: Uint8Array, into: Int16Array) => decoder.decode(payload, into)
  return Object.assign(decode, {
    conceal: (into: Int16Array, following?: Uint8Array) => decoder.conceal(into, following),
  })
}

export const createOpusEar = () => createOpusDecoder(EAR_RATE)
