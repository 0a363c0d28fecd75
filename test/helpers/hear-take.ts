import { codecs } from '../../src/media/codec/codecs.ts'
import type { CodecName } from '../../src/media/engine.ts'
import { Hearing } from '../../src/media/recorder/hearing/hearing.ts'
import type { RecordedTake } from '../../src/media/recorder/recorder.ts'
import { seededRandom } from './seeded-random.ts'

/** How sound comes to the recorder. */
export interface Line {
  readonly codec?: CodecName
  readonly lossPercent?: number
  /** RMS of its noise, of full scale 32768. */
  readonly noise?: number
}

/** What a recorder knows of a take of this sound (8 kHz). */
export function hearTake(
  pcm: Int16Array,
  { codec = 'PCMA', lossPercent = 0, noise = 0 }: Line = {},
): Pick<RecordedTake, 'durationMs' | 'hearing' | 'levels'> & { readonly isFax: boolean } {
  const hearing = new Hearing(codecs[codec])
  const encode = codecs[codec].openEncoder()
  const random = seededRandom(7)
  const size = 160
  const payload = new Uint8Array(size)
  for (let at = 0; at + size <= pcm.length; at += size) {
    const noisy = pcm
      .subarray(at, at + size)
      .map((sample) => sample + (noise === 0 ? 0 : (random.uint32() / 2 ** 31 - 1) * noise * 1.7))
    encode(noisy, payload)
    if (lossPercent === 0 || random.uint32() % 100 >= lossPercent) hearing.hear(at, payload)
  }
  const { heard, levels, isFax } = hearing
  return { durationMs: pcm.length / 8, hearing: heard, levels, isFax }
}

/** One sound after another. */
export function joinSounds(...parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export const silenceOf = (ms: number): Int16Array => new Int16Array(ms * 8)

/** One sound over another, as long as the first. */
export const mixSounds = (a: Int16Array, b: Int16Array): Int16Array =>
  a.map((sample, i) => sample + (b[i] ?? 0))
