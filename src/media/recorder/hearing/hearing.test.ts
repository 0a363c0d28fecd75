import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../test/helpers/seeded-random.ts'
import { codecs } from '../../codec/codecs.ts'
import type { CodecName } from '../../engine.ts'
import { synthesize, type Tone } from '../../tones.ts'
import { Hearing } from './hearing.ts'
import { progressTones } from './progress-tones.ts'

interface Line {
  readonly codec?: CodecName
  readonly ptimeMs?: number
  readonly lossPercent?: number
}

function hear(pcm: Int16Array, { codec = 'PCMA', ptimeMs = 20, lossPercent = 0 }: Line = {}) {
  const hearing = new Hearing(codecs[codec])
  const encode = codecs[codec].openEncoder()
  const random = seededRandom(7)
  const size = ptimeMs * 8
  for (let at = 0; at + size <= pcm.length; at += size) {
    const payload = new Uint8Array(size)
    encode(pcm.subarray(at, at + size), payload)
    if (random.uint32() % 100 >= lossPercent) hearing.hear(at, payload)
  }
  return hearing.heard
}

const join = (...parts: Int16Array[]) => {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
const silence = (ms: number) => new Int16Array(ms * 8)
const tone = (frequencies: readonly number[], durationMs: number, more: Partial<Tone> = {}) =>
  synthesize({ frequencies, durationMs, ...more })

function noise(durationMs: number, rms: number): Int16Array {
  const bytes = seededRandom(3).bytes(durationMs * 16)
  return Int16Array.from(
    { length: durationMs * 8 },
    (_, i) => (bytes.readInt16LE(i * 2) / 32_768) * rms * 1.7,
  )
}

const mix = (a: Int16Array, b: Int16Array) => a.map((sample, i) => sample + (b[i] ?? 0))

/** Syllables of a voice: gliding pitch with harmonics under moving formants, and noise between. */
function voice(durationMs: number, pitch: number, steadiness = 1): Int16Array {
  const random = seededRandom(pitch)
  const out = new Int16Array(durationMs * 8)
  let phase = 0
  for (let i = 0; i < out.length; i++) {
    const ms = i / 8
    const syllable = Math.max(0, Math.sin((2 * Math.PI * ms) / 260)) ** 0.5 * (ms % 1300 < 1000 ? 1 : 0)
    const hz =
      pitch * (1 + (0.12 / steadiness) * Math.sin(ms / 170) + (0.02 / steadiness) * Math.sin(ms / 11))
    phase += (2 * Math.PI * hz) / 8000
    const formant = 500 + 300 * Math.sin(ms / 230)
    let sum = 0
    for (let harmonic = 1; harmonic * hz < 3400; harmonic++)
      sum += Math.sin(harmonic * phase) / (1 + ((harmonic * hz - formant) / 250) ** 2)
    out[i] = syllable * 5000 * sum + (random.uint32() / 2 ** 32 - 0.5) * 300
  }
  return out
}

describe('hearing', () => {
  it('knows silence, also with noise of the line', () => {
    expect(hear(silence(5000))).toEqual({ soundMs: 0 })
    expect(hear(noise(5000, 60))).toEqual({ soundMs: 0 })
  })

  it('tells how much sound there is', () => {
    const { soundMs } = hear(join(silence(1000), noise(2000, 3000), silence(1000), noise(500, 3000)))
    expect(Math.abs(soundMs - 2500)).toBeLessThanOrEqual(40)
  })

  it('decodes nothing of what is older than what was heard', () => {
    let decoded = 0
    const ear = () => void decoded++
    const hearing = new Hearing({ ...codecs.opus, openEar: () => ear })
    const frame = (config: number) => Uint8Array.of(config << 3, 1, 2)
    const at = (ms: number) => ms * 48
    hearing.hear(at(1000), frame(9))
    for (const ms of [900, 980, 1000, 1019]) hearing.hear(at(ms), frame(9))
    expect(decoded).toBe(1)
    // The end of a long one is new.
    hearing.hear(at(980), frame(11))
    hearing.hear(at(1040), frame(9))
    expect(decoded).toBe(3)
  })

  it('does not take a click for sound', () => {
    expect(hear(join(silence(1000), noise(20, 8000), silence(1000)))).toEqual({ soundMs: 0 })
  })

  it.each(
    progressTones.map(
      (row) => [`${row.kind} ${row.where} ${row.frequencies} ${row.cadence ?? ''}`, row] as const,
    ),
  )('ITU-T E.180: knows %s', (_, { kind, frequencies, cadence }) => {
    const heard = (from: number, line: Line, pcmNoise = 0) => {
      const pcm = tone(frequencies, 8000, { ...(cadence && { cadence }), levelDbm0: -15 })
      return hear(mix(join(silence(200), pcm.subarray(from * 8)), noise(8200, pcmNoise)), line)
    }
    // Two rows may have the same sound for the nearest cadences; never is it no tone.
    const kinds = cadence ? ['busy', 'congestion'] : [kind]
    for (const from of [0, 90, 333]) {
      expect(heard(from, {})).toMatchObject({ soundMs: 0, tone: expect.toBeOneOf(kinds) })
      expect(heard(from, { codec: 'PCMU', ptimeMs: 30 })).toMatchObject({ tone: expect.toBeOneOf(kinds) })
      expect(heard(from, { ptimeMs: 10 }, 40)).toMatchObject({ tone: expect.toBeOneOf(kinds) })
    }
    expect(heard(0, { lossPercent: 1 })).toMatchObject({ tone: expect.toBeOneOf(kinds) })
  })

  it('tells busy from congestion where the table does', () => {
    const kindOf = (...cadence: number[]) => hear(tone([425], 8000, { cadence })).tone
    expect([kindOf(480, 480), kindOf(240, 240), kindOf(500, 500), kindOf(250, 250)]).toEqual([
      'busy',
      'congestion',
      'busy',
      'congestion',
    ])
  })

  it.each([90, 120, 180, 220, 300, 425, 440])('never takes a voice of %i Hz for a tone', (pitch) => {
    for (const steadiness of [1, 4]) {
      const heard = hear(voice(8000, pitch, steadiness))
      expect(heard.tone).toBeUndefined()
      expect(heard.soundMs).toBeGreaterThan(1500)
    }
  })

  it('never takes DTMF, fax, beeps, a ringing tone, music or noise for a tone', () => {
    const others: Int16Array[] = [
      ...[697, 770, 852, 941].flatMap((low) =>
        [1209, 1336, 1477, 1633].map((high) => tone([low, high], 4000, { cadence: [200, 200] })),
      ),
      tone([1100], 6000, { cadence: [500, 3000] }),
      tone([2100], 4000),
      tone([1000], 4000, { cadence: [500, 500] }),
      // Those that fold onto 425 Hz when only every 4th sample is looked at.
      ...[1575, 2425, 3575].map((hz) => tone([hz], 6000, { cadence: [500, 500] })),
      tone([425], 20_000, { cadence: [1000, 4000] }),
      tone([440, 480], 20_000, { cadence: [2000, 4000] }),
      join(...[262, 330, 392, 440, 425, 349, 440, 330].map((hz) => tone([hz, 2 * hz], 500))),
      join(...[392, 440, 392, 349, 440, 392].map((hz) => join(tone([hz], 480), silence(480)))),
      noise(6000, 3000),
    ]
    for (const pcm of others) expect(hear(pcm).tone).toBeUndefined()
  })

  it('counts a word before or after a tone as a message', () => {
    const busy = tone([425], 8000, { cadence: [500, 500] })
    for (const pcm of [
      join(voice(600, 120), busy),
      join(busy, voice(600, 120)),
      join(silence(500), voice(600, 210), busy),
    ])
      expect(hear(pcm)).toMatchObject({ soundMs: expect.toSatisfy((ms: number) => ms >= 150) })
    expect(hear(join(voice(600, 120), busy)).tone).toBeUndefined()
  })
})
