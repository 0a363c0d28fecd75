import { LONGEST_PACKET_MS } from '../rtp/packet-limits.ts'
import { LibOpusDecoder, LibOpusEncoder } from './libopus.ts'

/** What we send: 20 ms of wideband speech, always as many bytes (RFC 6562 §4: sizes that vary tell what is said). */
export const OPUS_BITRATE = 32_000
export const OPUS_RATE = 16_000
/** Half of what there is: with more, work doubles for nothing that is heard in a telephone's band; below 2 there is no in-band FEC. */
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

/** RFC 6716 §2.1.4: the lengths of frames that we make; there are none in between, and none shorter. */
export const OPUS_FRAMES_MS = [20, 10, 5, 2.5] as const
const FRAMES = OPUS_FRAMES_MS.map((ms) => (ms * OPUS_RATE) / 1000)
const SHORTEST = FRAMES.at(-1) as number

/** Encodes as many of the longest frames as there are, then shorter ones; what is left is filled up to the shortest with silence. */
export function createOpusEncoder(): (pcm: Int16Array, into: Uint8Array) => void {
  const encoder = new LibOpusEncoder({ sampleRate: OPUS_RATE, bitrate: OPUS_BITRATE, complexity: COMPLEXITY })
  const bytesOf = (samples: number) => (samples * OPUS_BITRATE) / OPUS_RATE / 8
  const filledUp = new Int16Array(SHORTEST)
  return (pcm, into) => {
    for (let at = 0; at < pcm.length; ) {
      const samples = FRAMES.find((length) => length <= pcm.length - at) ?? SHORTEST
      let frame = pcm.subarray(at, at + samples)
      if (frame.length < samples) {
        filledUp.fill(0).set(frame)
        frame = filledUp
      }
      const from = bytesOf(at)
      encoder.encode(frame, into.subarray(from, from + bytesOf(samples)))
      at += samples
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
