import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { readWav } from '../wav/read-wav.ts'
import { resample } from '../wav/resample.ts'
import { codecs } from './codecs.ts'
import { amplitude, COLUMNS, ROWS } from './dtmf.ts'
import { KeyTones } from './key-tones.ts'

const KEYS = '0123456789*#ABCD'
/** Where they stand on the keypad (ITU-T Q.23). */
const PAD = ['123A', '456B', '789C', '*0#D']
const placeOf = (key: string) => {
  const row = PAD.findIndex((keys) => keys.includes(key))
  return { low: ROWS[row] ?? 0, high: COLUMNS[PAD[row]?.indexOf(key) ?? 0] ?? 0 }
}

interface Tone {
  readonly hertz: number
  readonly dbm0: number
}

/** Sines for so long. */
function sound(ms: number, ...tones: readonly Tone[]): Int16Array {
  return Int16Array.from({ length: ms * 8 }, (_, i) =>
    tones.reduce(
      (sum, { hertz, dbm0 }) => sum + amplitude(dbm0) * Math.sin((2 * Math.PI * hertz * i) / 8000 + hertz),
      0,
    ),
  )
}

interface Line {
  readonly dbm0?: number
  /** How much stronger the column is than the row, in dB. */
  readonly twist?: number
  /** By how much both frequencies are wrong. */
  readonly off?: number
}

function press(key: string, ms: number, { dbm0 = -9, twist = 2, off = 0 }: Line = {}): Int16Array {
  const { low, high } = placeOf(key)
  return sound(ms, { hertz: low * (1 + off), dbm0 }, { hertz: high * (1 + off), dbm0: dbm0 + twist })
}

const silence = (ms: number) => new Int16Array(ms * 8)
const join16 = (parts: readonly Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]))

/** What is heard in it, in packets of 20 ms, shifted by so many samples. */
function heard(pcm: Int16Array, shift = 0): string {
  const ear = new KeyTones()
  let keys = ''
  const told = ({ code }: { readonly code: number }) => {
    keys += KEYS[code]
  }
  const shifted = join16([new Int16Array(shift), pcm, silence(100)])
  for (let at = 0; at < shifted.length; at += 160) ear.hear(shifted.subarray(at, at + 160), told)
  return keys
}

const typed = (keys: string, ms: number, pause: number, line?: Line) =>
  join16([...keys].flatMap((key) => [press(key, ms, line), silence(pause)]))

function withNoise(pcm: Int16Array, dbm0: number): Int16Array {
  const random = seededRandom(3)
  // Evenly spread noise has a third of the power of its peak; a sine half.
  const peak = amplitude(dbm0) * Math.sqrt(1.5)
  return pcm.map((sample) => sample + peak * (random.uint32() / 2 ** 31 - 1))
}

describe('ITU-T Q.24: the tones of keys are heard', () => {
  it.each([0, 13, 26, 39])('all sixteen, 40 ms with pauses of 40 ms, wherever they begin (%i)', (shift) => {
    expect(heard(typed(KEYS, 40, 40), shift)).toBe(KEYS)
    expect(heard(typed('1122##', 40, 40), shift)).toBe('1122##')
  })

  it.each([
    ['as loud as it gets', { dbm0: -3, twist: 0 }],
    ['at -25 dBm0', { dbm0: -25, twist: 0 }],
    ['at -29 dBm0', { dbm0: -29, twist: 0 }],
    ['with a column 4 dB stronger', { dbm0: -12, twist: 4 }],
    ['with a column 7.5 dB weaker', { dbm0: -9, twist: -7.5 }],
    ['1.5 % too high', { off: 0.015 }],
    ['1.5 % too low', { off: -0.015 }],
  ] as const)('%s', (_, line) => {
    expect(heard(typed(KEYS, 50, 50, line))).toBe(KEYS)
  })

  it('in noise 15 dB below', () => {
    expect(heard(withNoise(typed(KEYS, 50, 50, { dbm0: -12, twist: 0 }), -24))).toBe(KEYS)
  })

  it('with an interruption of 10 ms once', () => {
    expect(heard(join16([press('5', 60), silence(10), press('5', 60)]))).toBe('5')
  })

  // Opus makes of them what it makes of a voice: no two of its packets hold the same pair.
  it.each([codecs.PCMU, codecs.PCMA, codecs.G722])('through $name', (codec) => {
    const pcm = typed(KEYS, 60, 60)
    const source = codec.sampleRate === 8000 ? pcm : resample(pcm, 8000, codec.sampleRate)
    const [encode, decode] = [codec.openEncoder(), codec.openEar()]
    const packets: Int16Array[] = []
    const samples = codec.sampleRate / 50
    for (let at = 0; at + samples <= source.length; at += samples) {
      const payload = new Uint8Array(20 * codec.bytesPerMs)
      encode(source.subarray(at, at + samples), payload)
      const packet = new Int16Array(160)
      decode(payload, packet)
      packets.push(packet)
    }
    expect(heard(join16(packets))).toBe(KEYS)
  })

  it('and told how long they were held, at their end', () => {
    const ear = new KeyTones()
    const presses: unknown[] = []
    ear.hear(press('7', 400), (each) => presses.push(each))
    expect([presses, ear.isPressed]).toEqual([[], true])
    ear.end((each) => presses.push(each))
    ear.end((each) => presses.push(each))
    expect(presses).toEqual([{ code: 7, durationMs: expect.closeTo(400, -1.2) }])
  })
})

describe('ITU-T Q.24: all else is not', () => {
  it('a press of 20 ms, and one softer than anybody’s', () => {
    expect(heard(typed(KEYS, 20, 60))).toBe('')
    expect(heard(typed(KEYS, 60, 60, { dbm0: -40, twist: 0 }))).toBe('')
  })

  it('a twist of 12 dB either way, and frequencies between the keys', () => {
    for (const twist of [-12, 12])
      expect(heard(typed(KEYS, 60, 60, { dbm0: twist > 0 ? -20 : -9, twist }))).toBe('')
    expect(heard(typed('3690#ABCD', 60, 60, { off: 0.05 }))).toBe('')
  })

  /** ITU-T Q.320, R1: two out of six; and what exchanges say. 700 and 1500 Hz are a 3 that is 1.5 % off. */
  const MF = [700, 900, 1100, 1300, 1500, 1700]
  const pairs: readonly (readonly [number, number])[] = MF.flatMap((one, i) =>
    MF.slice(i + 1).map((other) => [one, other] as const),
  ).filter(([one, other]) => one !== 700 || other !== 1500)
  it.each<readonly [number, number]>([
    ...pairs,
    [350, 440],
    [440, 480],
    [480, 620],
    [425, 425],
    [1100, 2100],
    [1209, 1477],
    [697, 941],
  ])('tones of %i and %i Hz', (one, other) => {
    const tones = [one, other].map((hertz) => ({ hertz, dbm0: -10 }))
    expect(heard(sound(300, ...tones))).toBe('')
  })

  it('noise, and one tone alone', () => {
    expect(heard(withNoise(silence(5000), -10))).toBe('')
    for (const hertz of [...ROWS, ...COLUMNS]) expect(heard(sound(300, { hertz, dbm0: -6 }))).toBe('')
  })

  const PROMPTS = join(import.meta.dirname, '../../../assets/prompts')
  it.each(readdirSync(PROMPTS).filter((name) => name.endsWith('.wav')))('speech: %s (talk-off)', (name) => {
    const { samples, sampleRate } = readWav(readFileSync(join(PROMPTS, name)))
    // Slower and faster too: other voices, with their formants elsewhere.
    for (const pitch of [0.8, 0.9, 1, 1.1, 1.25, 1.5])
      expect(heard(resample(samples, sampleRate * pitch, 8000)), `${pitch}`).toBe('')
  })

  it('voices: harmonics of a pitch that glides through all that a throat can do', () => {
    const random = seededRandom(11)
    for (let voice = 0; voice < 20; voice++) {
      const harmonics = Array.from({ length: 30 }, () => 10 ** (-(random.uint32() % 40) / 20))
      let phase = 0
      const pcm = Int16Array.from({ length: 16_000 }, (_, i) => {
        phase += (2 * Math.PI * (80 + voice * 12 + 40 * Math.sin(i / 3000))) / 8000
        const sum = harmonics.reduce((all, loud, n) => all + loud * Math.sin((n + 1) * phase), 0)
        return 2500 * sum
      })
      expect(heard(pcm), `voice ${voice}`).toBe('')
    }
  })
})
