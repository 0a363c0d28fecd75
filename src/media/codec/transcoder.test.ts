import { describe, expect, it } from 'vitest'
import type { CodecName } from '../engine.ts'
import { codecNames, codecs } from './codecs.ts'
import { Transcoder } from './transcoder.ts'

/** Payloads of every length in which a format may come, and some more that nobody should send. */
function payloadsOf(name: CodecName): Uint8Array[] {
  if (name !== 'opus')
    return [...Array.from({ length: 200 }, (_, i) => i + 1), 240, 320, 333, 480, 640, 959, 960].map(
      (length) => Uint8Array.from({ length }, (_, i) => i * 37),
    )
  // RFC 6716 §3.1: 32 configurations; one frame, two of a length, two of different ones, or some up to 120 ms.
  return Array.from({ length: 32 }, (_, config) => config << 3).flatMap((toc) =>
    [
      [toc, 1, 2, 3],
      [toc | 1, 1, 2, 3, 4],
      [toc | 2, 1, 2, 3],
      ...[1, 2, 3, 5, 6, 12, 48].map((count) => [toc | 3, count, ...Array(count).fill(7)]),
    ]
      .map((bytes) => Uint8Array.from(bytes))
      .filter((payload) => codecs.opus.durationOf(payload) > 0),
  )
}

const pairs = codecNames.flatMap((from) => codecNames.map((to) => [from, to] as const))

describe('packets of any length', () => {
  it.each(pairs)('RFC 3264 §8.3: from %s to %s are whole packets, one after the other', (from, to) => {
    const transcoder = new Transcoder(codecs[from], codecs[to], 3)
    const shortestMs = codecs[to].framesMs?.at(-1) ?? 0
    for (const payload of payloadsOf(from)) {
      const durationMs = codecs[from].durationOf(payload)
      let endMs = 0
      transcoder.convert(payload, (piece, atMs) => {
        const pieceMs = codecs[to].durationOf(piece)
        expect(atMs).toBe(endMs)
        expect(pieceMs).toBeGreaterThan(0)
        if (codecs[to].framesMs) {
          expect(codecs[to].framesMs).toContain(pieceMs)
          expect(piece.length).toBe(pieceMs * codecs[to].bytesPerMs)
        }
        endMs += pieceMs
      })
      expect(endMs).toBeGreaterThanOrEqual(durationMs)
      expect(endMs - durationMs).toBeLessThan(shortestMs || 1e-9)
    }
  })

  it.each(codecNames)('the encoder of %s takes any number of samples', (name) => {
    const { openEncoder, sampleRate, bytesPerMs } = codecs[name]
    const encode = openEncoder()
    const room = new Uint8Array(200 * bytesPerMs)
    const even = name === 'G722' ? 2 : 1
    for (let samples = 0; samples < (120 * sampleRate) / 1000; samples += 7 * even)
      encode(new Int16Array(samples).fill(900), room)
  })
})
