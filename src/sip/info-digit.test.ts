import { describe, expect, it } from 'vitest'
import { readInfoDigit } from './info-digit.ts'

const read = (contentType: string, text: string) => readInfoDigit({ contentType, bytes: Buffer.from(text) })

describe('DTMF by SIP INFO', () => {
  it('is read from dtmf-relay, with or without spaces', () => {
    expect(read('application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n')).toBe('5')
    expect(read('Application/DTMF-Relay; charset=x', 'signal = # \r\nduration = 250')).toBe('#')
    expect(read('application/dtmf-relay', 'Duration=160\r\nSignal=10')).toBe('*')
  })

  it('is read from dtmf', () => {
    expect(read('application/dtmf', '7\r\n')).toBe('7')
    expect(read('application/dtmf', 'd')).toBe('D')
  })

  it('is nothing in anything else', () => {
    expect(read('application/dtmf-relay', 'Signal=55')).toBeUndefined()
    expect(read('application/dtmf', '')).toBeUndefined()
    expect(read('text/plain', 'Signal=5')).toBeUndefined()
    expect(read('application/dtmf', '5'.padEnd(1000))).toBeUndefined()
  })
})
