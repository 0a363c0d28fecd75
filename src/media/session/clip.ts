import type { Clock } from '../../shared/clock.ts'
import { codecNames, codecs } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import { resampleInPortions } from '../wav/resample.ts'

/** A greeting, prompt or beep, encoded once for each codec; the memory is shared by all threads. */
export type SharedClip = Readonly<Record<CodecName, SharedArrayBuffer>>

/** A clip as a thread plays it. */
export type Clip = Readonly<Record<CodecName, Buffer>>

/** Encoded before others get the thread: some 2 ms of work. */
const PORTION_MS = 1000

/** Encodes 16-bit mono PCM for each codec, without holding up the thread for long. */
export async function encodeClip(pcm: Int16Array, sampleRate: number, clock: Clock): Promise<SharedClip> {
  const resampled = new Map<number, Int16Array>()
  const encoded: [CodecName, SharedArrayBuffer][] = []
  for (const name of codecNames) {
    const { sampleRate: rate } = codecs[name]
    const samples = resampled.get(rate) ?? (await resampleInPortions(pcm, sampleRate, rate, clock))
    resampled.set(rate, samples)
    encoded.push([name, await encode(name, samples, clock)])
  }
  return Object.fromEntries(encoded) as SharedClip
}

async function encode(name: CodecName, samples: Int16Array, clock: Clock): Promise<SharedArrayBuffer> {
  const { law, silence, bytesPerMs, sampleRate, openEncoder } = codecs[name]
  const perMs = sampleRate / 1000
  const shared = new SharedArrayBuffer(Math.ceil(samples.length / perMs) * bytesPerMs)
  const bytes = new Uint8Array(shared).fill(silence)
  const encoder = openEncoder()
  // A table takes no time.
  const portionMs = law ? samples.length : PORTION_MS
  for (let atMs = 0; atMs * perMs < samples.length; atMs += portionMs) {
    if (atMs > 0) await new Promise<void>((resume) => clock.setTimer(0, resume))
    encoder(samples.subarray(atMs * perMs, (atMs + portionMs) * perMs), bytes.subarray(atMs * bytesPerMs))
  }
  return shared
}

export const openClip = (shared: SharedClip): Clip =>
  Object.fromEntries(codecNames.map((name) => [name, Buffer.from(shared[name])])) as Clip
