import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { silentLog } from '../../shared/log.ts'
import { createWriteBehind } from './write-behind.ts'

/** Writes that are done when the test says so. */
function setUp() {
  const clock = fakeClock()
  const writes = createWriteBehind({ clock, log: silentLog })
  const begun: { readonly what: string; done(): void; fail(): void }[] = []
  return {
    clock,
    writes,
    begun,
    what: () => begun.map(({ what }) => what),
    put: (key: string, what: string) =>
      writes.put(key, () => {
        const { promise, resolve, reject } = Promise.withResolvers<void>()
        begun.push({ what, done: resolve, fail: () => reject(new Error('locked')) })
        return promise
      }),
  }
}

it('does one write after another, of those for one key only the newest', async () => {
  const { clock, writes, begun, what, put } = setUp()
  put('a', 'a1')
  put('b', 'b1')
  put('b', 'b2')
  put('c', 'c1')
  expect(what()).toEqual(['a1'])
  for (const at of [0, 1, 2]) {
    begun[at]?.done()
    await clock.advanceAsync(0)
  }
  expect(what()).toEqual(['a1', 'b2', 'c1'])
  await writes.close()
})

it('tries again what failed, unless something newer has come for it', async () => {
  const { clock, begun, what, put, writes } = setUp()
  put('a', 'a1')
  put('b', 'b1')
  put('a', 'a2')
  begun[0]?.fail()
  await clock.advanceAsync(999)
  expect(what()).toEqual(['a1'])
  await clock.advanceAsync(1)
  begun[1]?.done()
  await clock.advanceAsync(0)
  expect(what()).toEqual(['a1', 'b1', 'a2'])
  begun[2]?.fail()
  await clock.advanceAsync(2000)
  expect(what()).toEqual(['a1', 'b1', 'a2', 'a2'])
  begun[3]?.done()
  await writes.close()
  expect(clock.pending).toBe(0)
})

it('writes at the end what waits, and takes nothing more', async () => {
  const { clock, writes, begun, what, put } = setUp()
  put('a', 'a1')
  put('b', 'b1')
  const closing = writes.close()
  put('c', 'c1')
  begun[0]?.done()
  await clock.advanceAsync(0)
  begun[1]?.done()
  await closing
  expect(what()).toEqual(['a1', 'b1'])
})
