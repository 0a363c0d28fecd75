import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leastCpuMs } from '../../test/helpers/least-cpu-ms.ts'
import { fitsNumber } from './number-pattern.ts'

const digits = fc.stringMatching(/^[1-9][0-9]{0,8}$/)
const pattern = fc.stringMatching(/^[1-9][0-9*?]{0,8}$/).filter((text) => /[*?]/.test(text))

const GERMANY = { country: 'DE', areaCode: null }
const NOWHERE = { country: null, areaCode: null }

describe('a number and a pattern', () => {
  it('fit as a regular expression would say', () => {
    fc.assert(
      fc.property(digits, pattern, (number, written) => {
        const expression = new RegExp(`^${written.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        const e164 = `+${number}`
        expect(fitsNumber(`+${written}`, { number: e164, e164 }, GERMANY)).toBe(expression.test(number))
        expect(fitsNumber(`0${written}`, { number: `0${number}`, e164: null }, NOWHERE)).toBe(
          expression.test(number),
        )
        expect(fitsNumber(`0${written}`, { number: e164, e164: `+49${number}` }, GERMANY)).toBe(
          expression.test(number),
        )
      }),
    )
  })

  it('take no longer for being nasty', async () => {
    const nasty = `+1${'*1'.repeat(31)}`
    const number = `+${'1'.repeat(127)}2`
    const fit = () => {
      for (let times = 0; times < 100; times++)
        expect(fitsNumber(nasty, { number, e164: number }, NOWHERE)).toBe(false)
    }
    expect(await leastCpuMs(2000, fit)).toBeLessThan(2000)
  })
})
