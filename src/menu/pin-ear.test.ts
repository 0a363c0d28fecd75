import { describe, expect, it } from 'vitest'
import { hearKey, type PinEar } from './pin-ear.ts'

/** The PINs heard in these keys. */
function pinsIn(keys: string): string[] {
  let ear: PinEar
  const pins: string[] = []
  for (const key of keys) {
    const [next, pin] = hearKey(ear, key)
    ear = next
    if (pin !== undefined) pins.push(pin)
  }
  return pins
}

describe('a PIN among the keys that a caller presses', () => {
  it.each([
    ['*123456#', ['123456']],
    ['123456#', []],
    ['#*123456#9', ['123456']],
    ['*12345#', []],
    ['*12*123456#', ['123456']],
    ['*1234567890123#', []],
    ['*123A456#', []],
    ['*111111#*222222#', ['111111', '222222']],
  ])('%s', (keys, pins) => expect(pinsIn(keys)).toEqual(pins))
})
