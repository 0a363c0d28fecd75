import { afterEach, expect, it, vi } from 'vitest'
import { backOffMs, openEvents, parseEvent } from './events.ts'

afterEach(() => vi.unstubAllGlobals())

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

it('tries again at once, and from the shortest wait on, when the browser has a network again', () => {
  const window = Object.assign(new EventTarget(), { setTimeout: () => ++waits, clearTimeout() {} })
  let waits = 0
  const sources: Source[] = []
  class Source extends EventTarget {
    onerror?: () => void
    constructor() {
      super()
      sources.push(this)
    }
    close() {}
  }
  vi.stubGlobal('window', window)
  vi.stubGlobal('EventSource', Source)
  const waited: number[] = []
  const fail = () => sources.at(-1)?.onerror?.()
  const online = () => window.dispatchEvent(new Event('online'))
  const stream = openEvents({ onEvent() {}, onOpen() {}, onLost: (ms) => void waited.push(ms) })
  fail()
  stream.retryNow()
  fail()
  online()
  expect(sources).toHaveLength(3)
  // One is on its way.
  online()
  expect(sources).toHaveLength(3)
  fail()
  expect(waited).toEqual([1000, 2000, 1000])
  stream.close()
  online()
  expect(sources).toHaveLength(3)
})
