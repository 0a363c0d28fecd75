import type { Clock } from '../../shared/clock.ts'
import { codecs } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import { resampleInPortions } from '../wav/resample.ts'

/** A greeting, prompt or beep, encoded once for each codec; the memory is shared by all threads. */
export type SharedClip = Readonly<Partial<Record<CodecName, SharedArrayBuffer>>>

/** A clip as a thread plays it. */
export type Clip = Readonly<Partial<Record<CodecName, Buffer>>>

/**
 * Encodes 16-bit mono PCM for a codec, without holding up the thread for long.
 * @param portionMs encoded before others get the thread
 */
export async function encodeClip(
  pcm: Int16Array,
  sampleRate: number,
  codec: CodecName,
  clock: Clock,
  portionMs: number,
): Promise<SharedArrayBuffer> {
  const { law, silence, bytesPerMs, sampleRate: rate, framesMs, openEncoder } = codecs[codec]
  const samples = await resampleInPortions(pcm, sampleRate, rate, clock)
  const perMs = rate / 1000
  const frameMs = framesMs?.[0] ?? 1
  const lengthMs = Math.ceil(samples.length / perMs / frameMs) * frameMs
  const whole = new Int16Array(lengthMs * perMs)
  whole.set(samples)
  const shared = new SharedArrayBuffer(lengthMs * bytesPerMs)
  const bytes = Buffer.from(shared).fill(silence)
  const encode = openEncoder()
  // A table takes no time.
  const stepMs = law ? lengthMs : portionMs
  for (let atMs = 0; atMs < lengthMs; atMs += stepMs) {
    if (atMs > 0) await new Promise<void>((resume) => clock.setTimer(0, resume))
    const endMs = Math.min(atMs + stepMs, lengthMs)
    encode(whole.subarray(atMs * perMs, endMs * perMs), bytes.subarray(atMs * bytesPerMs, endMs * bytesPerMs))
  }
  return shared
}

/** How long it sounds, also in a codec in which it is not encoded. */
export function clipMs(clip: Clip, codec: CodecName): number {
  const [name, bytes] = clip[codec] ? [codec, clip[codec]] : (Object.entries(clip)[0] ?? [codec, undefined])
  return (bytes?.length ?? 0) / codecs[name as CodecName].bytesPerMs
}

export const openClip = (shared: SharedClip): Clip =>
  Object.fromEntries(Object.entries(shared).map(([name, bytes]) => [name, Buffer.from(bytes)]))
