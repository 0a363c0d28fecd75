import { describe, expect, it } from 'vitest'
import { isKey, writeKeyTone } from './dtmf.ts'

const ROWS = [697, 770, 852, 941]
const COLUMNS = [1209, 1336, 1477, 1633]
const KEYS = ['123A', '456B', '789C', '*0#D']
/** RFC 4733 §3.2: the codes of events. */
const CODES = '0123456789*#ABCD'

function amplitudeOf(pcm: Int16Array, hertz: number): number {
  let [sine, cosine] = [0, 0]
  for (const [i, sample] of pcm.entries()) {
    sine += sample * Math.sin((2 * Math.PI * hertz * i) / 8000)
    cosine += sample * Math.cos((2 * Math.PI * hertz * i) / 8000)
  }
  return (2 * Math.hypot(sine, cosine)) / pcm.length
}

describe('the tones of keys', () => {
  it.each([...CODES].map((key, code) => ({ key, code })))('ITU-T Q.23: $key', ({ key, code }) => {
    const pcm = new Int16Array(800)
    for (let from = 0; from < 800; from += 160) writeKeyTone(code, from, 8000, pcm.subarray(from, from + 160))
    const loud = (hertz: number) => amplitudeOf(pcm, hertz) > 7000
    const row = KEYS.findIndex((keys) => keys.includes(key))
    expect(ROWS.filter(loud)).toEqual([ROWS[row]])
    expect(COLUMNS.filter(loud)).toEqual([COLUMNS[KEYS[row]?.indexOf(key) ?? -1]])
  })

  it('RFC 4733 §3.2: a flash is no key', () => {
    expect([0, 15, 16].map(isKey)).toEqual([true, true, false])
  })
})
