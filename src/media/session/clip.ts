import { codecs } from '../codec/codecs.ts'
import { resample } from '../codec/resample.ts'
import type { CodecName } from '../engine.ts'

/** A greeting, prompt or beep, encoded once for each codec; the memory is shared by all threads. */
export type SharedClip = Readonly<Record<CodecName, SharedArrayBuffer>>

/** A clip as a thread plays it. */
export type Clip = Readonly<Record<CodecName, Buffer>>

/** Encodes 16-bit mono PCM for each codec. */
export function encodeClip(pcm: Int16Array, sampleRate: number): SharedClip {
  const encode = (name: CodecName) => {
    const codec = codecs[name]
    const samples = resample(pcm, sampleRate, codec.clockRate)
    const shared = new SharedArrayBuffer(
      Math.ceil((samples.length * 1000) / codec.clockRate) * codec.bytesPerMs,
    )
    const bytes = new Uint8Array(shared).fill(codec.silence)
    codec.encode(samples, bytes)
    return shared
  }
  return { PCMU: encode('PCMU'), PCMA: encode('PCMA') }
}

export const openClip = (shared: SharedClip): Clip => ({
  PCMU: Buffer.from(shared.PCMU),
  PCMA: Buffer.from(shared.PCMA),
})
