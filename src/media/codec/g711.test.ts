import { describe, expect, it } from 'vitest'
import { crossing } from './codecs.ts'
import { aLaw, type Law, muLaw } from './g711.ts'

const decode = (law: Law, code: number) => {
  const pcm = new Int16Array(1)
  law.decode(Uint8Array.of(code), pcm)
  return pcm[0]
}
const encode = (law: Law, sample: number) => {
  const codes = new Uint8Array(1)
  law.encode(Int16Array.of(sample), codes)
  return codes[0]
}
const all = Array.from({ length: 256 }, (_, code) => code)

describe('G.711', () => {
  // Table 2a/2b of the recommendation: 14-bit values, here times 4.
  it.each([
    [0x80, 8031],
    [0x8f, 4191],
    [0x9f, 2079],
    [0xaf, 1023],
    [0xbf, 495],
    [0xcf, 231],
    [0xdf, 99],
    [0xef, 33],
    [0xfe, 2],
    [0xff, 0],
  ])('decodes µ-law %i to the value of ITU-T G.711 table 2', (code, value) => {
    expect(decode(muLaw, code)).toBe(value * 4)
    expect(decode(muLaw, code & 0x7f)).toBe(-value * 4 + 0)
  })

  // Table 1a/1b: 13-bit values in steps of half a quantum, here times 8.
  it.each([
    [0xff, 4032],
    [0xf0, 2112],
    [0xe0, 1056],
    [0xd0, 528],
    [0xc0, 264],
    [0xb0, 132],
    [0xa0, 66],
    [0x90, 33],
    [0x80, 1],
  ])(
    'decodes A-law %i (before even bits are inverted) to the value of ITU-T G.711 table 1',
    (code, value) => {
      expect(decode(aLaw, code ^ 0x55)).toBe(value * 8)
      expect(decode(aLaw, code ^ 0x55 ^ 0x80)).toBe(-value * 8)
    },
  )

  it('encodes what it decoded to the same code, except that µ-law has two zeros', () => {
    for (const code of all) {
      expect(encode(aLaw, decode(aLaw, code) ?? 0)).toBe(code)
      expect(encode(muLaw, decode(muLaw, code) ?? 0)).toBe(code === 0x7f ? 0xff : code)
    }
  })

  it('quantises every sample to a code at most half a step away', () => {
    for (const law of [muLaw, aLaw])
      for (let sample = -32_768; sample < 32_768; sample += 7) {
        const back = decode(law, encode(law, sample) ?? 0) ?? 0
        const clipped = Math.max(-32_124, Math.min(32_124, sample))
        expect(Math.abs(back - clipped)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 30))
      }
  })

  it('is silent with 0xFF and 0xD5', () => {
    expect([muLaw.silence, aLaw.silence]).toEqual([0xff, 0xd5])
  })

  it('crosses from one law to the other within a step', () => {
    const table = crossing(muLaw, aLaw)
    for (const code of all) expect(encode(aLaw, decode(muLaw, code) ?? 0)).toBe(table[code])
  })
})
