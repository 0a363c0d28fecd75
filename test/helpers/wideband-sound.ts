import { codecs } from '../../src/media/codec/codecs.ts'
import type { CodecName, Flow } from '../../src/media/engine.ts'
import type { MediaParty, MediaScene } from './media-scene.ts'

export const wide = { codec: 'G722', payloadType: 9 } as const
export const flows: Readonly<Record<CodecName, Partial<Flow>>> = {
  PCMU: {},
  PCMA: { codec: 'PCMA', payloadType: 8 },
  G722: wide,
  opus: { codec: 'opus', payloadType: 107 },
}
export const FRAME_MS = 20

/** Two sines, of which only wideband carries the second. */
export const LOW = 900
/** What may be left of its 6000. */
export const LEAST = 4500
export const MOST = 7000
export const HIGH = 5600
export const sineAt = (rate: number, i: number) =>
  6000 * Math.sin((2 * Math.PI * LOW * i) / rate) +
  (rate > 8000 ? 3000 * Math.sin((2 * Math.PI * HIGH * i) / rate) : 0)

/** Payloads of the sines, one after the other. */
export function speaker(name: CodecName): () => Buffer {
  const { sampleRate, bytesPerMs, openEncoder } = codecs[name]
  const encode = openEncoder()
  const count = (FRAME_MS * sampleRate) / 1000
  let said = 0
  return () => {
    const pcm = Int16Array.from({ length: count }, () => sineAt(sampleRate, said++))
    const payload = Buffer.alloc(FRAME_MS * bytesPerMs)
    encode(pcm, payload)
    return payload
  }
}

/** One of these parties speaks for so many packets. */
export function speak(
  scene: MediaScene,
  party: MediaParty,
  next: () => Buffer,
  first: number,
  count: number,
): void {
  for (let number = first; number < first + count; number++) {
    scene.clock.advance(7)
    const timestamp = (number * FRAME_MS * codecs[party.flow.codec].clockRate) / 1000
    party.say(number, { payload: next(), timestamp })
    scene.clock.advance(FRAME_MS - 7)
  }
}

export function decodeAll(name: CodecName, payloads: readonly Buffer[]): Int16Array {
  const { openDecoder, durationOf, sampleRate } = codecs[name]
  const decode = openDecoder()
  const pieces = payloads.map((payload) => {
    const pcm = new Int16Array((durationOf(payload) * sampleRate) / 1000)
    decode(payload, pcm)
    return pcm
  })
  return Int16Array.from(pieces.flatMap((piece) => [...piece]))
}

/** How strong a frequency is, as an amplitude. */
export function amplitudeOf(pcm: Int16Array, hertz: number, rate: number): number {
  let [sine, cosine] = [0, 0]
  for (const [i, sample] of pcm.entries()) {
    sine += sample * Math.sin((2 * Math.PI * hertz * i) / rate)
    cosine += sample * Math.cos((2 * Math.PI * hertz * i) / rate)
  }
  return (2 * Math.hypot(sine, cosine)) / pcm.length
}

/** The middle of what a party heard, in the format that it speaks. */
export function heardBy(party: MediaParty): { low: number; high: number } {
  const { codec } = party.flow
  const { sampleRate } = codecs[codec]
  const audio = party.heard().filter(({ payloadType }) => payloadType === party.flow.payloadType)
  const pcm = decodeAll(
    codec,
    audio.map(({ payload }) => payload),
  )
  const middle = pcm.subarray(Math.floor(pcm.length * 0.5), Math.floor(pcm.length * 0.9))
  return { low: amplitudeOf(middle, LOW, sampleRate), high: amplitudeOf(middle, HIGH, sampleRate) }
}
