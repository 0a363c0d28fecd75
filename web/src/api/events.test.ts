import { expect, it } from 'vitest'
import { backOffMs, parseEvent } from './events.ts'

it('waits longer after each failure, and never more than half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(backOffMs)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
})

it('reads an event, and passes over what is none', () => {
  expect(parseEvent('messages-changed', '{}')).toEqual({ kind: 'messages-changed' })
  expect(parseEvent('call-ended', '{"kind":"call-ended","callId":"c"}')).toEqual({
    kind: 'call-ended',
    callId: 'c',
  })
  expect(parseEvent('messages-changed', '<html>')).toBeNull()
})
