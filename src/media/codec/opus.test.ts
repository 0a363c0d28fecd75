import { describe, expect, it } from 'vitest'
import { createOpusDecoder, createOpusEar, createOpusEncoder, OPUS_SILENCE, opusDuration } from './opus.ts'

const RATE = 16_000
const FRAME = 320
const toc = (config: number, code = 0) => (config << 3) | code

const speech = (frames: number) =>
  Int16Array.from(
    { length: frames * FRAME },
    (_, i) =>
      8000 * Math.sin((2 * Math.PI * 300 * i) / RATE) * (1 + Math.sin((2 * Math.PI * 3 * i) / RATE)) * 0.5,
  )

function encode(pcm: Int16Array): Uint8Array[] {
  const encoder = createOpusEncoder()
  return Array.from({ length: pcm.length / FRAME }, (_, frame) => {
    const payload = new Uint8Array(OPUS_SILENCE.length)
    encoder(pcm.subarray(frame * FRAME, (frame + 1) * FRAME), payload)
    return payload
  })
}

const energy = (pcm: Int16Array) => pcm.reduce((sum, x) => sum + x * x, 0)

describe('Opus', () => {
  it.each([
    ['one frame of SILK, 20 ms', [toc(9)], 20],
    ['one frame of SILK, 60 ms', [toc(11)], 60],
    ['a hybrid frame of 10 ms', [toc(12)], 10],
    ['a frame of CELT of 2.5 ms', [toc(28)], 2.5],
    ['two frames of 20 ms', [toc(31, 1), 0, 0], 40],
    ['two frames of different lengths', [toc(31, 2), 1, 0, 0], 40],
    ['three frames of 20 ms', [toc(31, 3), 3], 60],
    ['more than 120 ms', [toc(11, 3), 3], 0],
    ['no count of frames', [toc(31, 3)], 0],
    ['no frame', [toc(31, 3), 0], 0],
    ['nothing', [], 0],
  ])('RFC 6716 §3: %s', (_what, bytes, durationMs) => {
    expect(opusDuration(Uint8Array.from(bytes))).toBe(durationMs)
    const within = Uint8Array.from([0xff, 0xff, ...bytes, 0xff])
    expect(opusDuration(within, 2, 2 + bytes.length)).toBe(durationMs)
  })

  it('RFC 6562 §4: sends as many bytes for silence as for speech', () => {
    const payloads = encode(Int16Array.from([...speech(20), ...new Int16Array(20 * FRAME)]))
    expect(new Set(payloads.map(({ length }) => length))).toEqual(new Set([80]))
    for (const payload of payloads) expect(opusDuration(payload)).toBe(20)
  })

  it('comes to the payload that is sent for silence', () => {
    expect(Buffer.from(encode(new Int16Array(50 * FRAME)).at(-1) ?? []).equals(OPUS_SILENCE)).toBe(true)
  })

  it('stands in for a lost packet, better with what the next one tells of it', () => {
    // A voice that begins in the very packet that is lost: nothing before tells of it.
    const pcm = speech(60)
    for (let frame = 0; frame < 60; frame++)
      if (frame % 10 < 5) pcm.fill(0, frame * FRAME, (frame + 1) * FRAME)
    const payloads = encode(pcm)
    const whole = createOpusDecoder()
    const guessing = createOpusDecoder()
    const told = createOpusDecoder()
    let [withGuess, withFec] = [0, 0]
    for (const [i, payload] of payloads.entries()) {
      const pcm = new Int16Array(FRAME)
      whole(payload, pcm)
      const [guess, fromNext] = [new Int16Array(FRAME), new Int16Array(FRAME)]
      if (i % 10 === 5) {
        guessing.conceal(guess)
        told.conceal(fromNext, payloads[i + 1])
        withGuess += energy(guess.map((x, at) => x - (pcm[at] ?? 0)))
        withFec += energy(fromNext.map((x, at) => x - (pcm[at] ?? 0)))
      } else {
        guessing(payload, guess)
        told(payload, fromNext)
      }
    }
    expect(withFec).toBeLessThan(withGuess)
  })

  it('is silent for what is no packet, and goes on after it', () => {
    const [first = new Uint8Array(), second = new Uint8Array()] = encode(speech(2))
    const decode = createOpusDecoder()
    const pcm = new Int16Array(FRAME)
    decode(first, pcm)
    decode(Uint8Array.of(toc(31, 3), 0xff, 0xff), pcm)
    expect(energy(pcm)).toBe(0)
    decode(second, pcm)
    expect(energy(pcm)).toBeGreaterThan(0)
  })

  it('is judged at 8 kHz', () => {
    const ear = createOpusEar()
    const pcm = new Int16Array(FRAME / 2)
    for (const payload of encode(speech(20))) ear(payload, pcm)
    expect(energy(pcm)).toBeGreaterThan(0)
  })
})
