import type { Clock } from '../../shared/clock.ts'
import { codecs } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import { resampleInPortions } from '../wav/resample.ts'

/** A greeting, prompt or beep, encoded once for each codec; the memory is shared by all threads. */
export type SharedClip = Readonly<Record<CodecName, SharedArrayBuffer>>

/** A clip as a thread plays it. */
export type Clip = Readonly<Record<CodecName, Buffer>>

/** Encodes 16-bit mono PCM for each codec, without holding up the thread for long. */
export async function encodeClip(pcm: Int16Array, sampleRate: number, clock: Clock): Promise<SharedClip> {
  const resampled = new Map<number, Int16Array>()
  for (const { clockRate } of Object.values(codecs))
    if (!resampled.has(clockRate))
      resampled.set(clockRate, await resampleInPortions(pcm, sampleRate, clockRate, clock))
  const encode = (name: CodecName) => {
    const codec = codecs[name]
    const samples = resampled.get(codec.clockRate) ?? pcm
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
