import { resolve, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathBelow } from './path-below.ts'

describe('a path below a folder', () => {
  it.each(['a.wav', '2026/01/a.wav', 'a/../b.wav', './a.wav', '..a.wav'])('may be %s', (file) => {
    expect(pathBelow('/data', file)).toBe(resolve('/data', file))
  })
  it.each(['', '.', '..', '../a.wav', 'a/../../b.wav', '/etc/passwd', 'a\0.wav', 'a/..'])(
    'may not be %j',
    (file) => expect(pathBelow('/data', file)).toBeUndefined(),
  )
  it('never leaves it', () => {
    const part = fc.constantFrom('..', '.', 'a', '', '...', 'b c')
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const path = pathBelow('/data/recordings', parts.join('/'))
        expect(path === undefined || resolve(path).startsWith(`/data/recordings${sep}`)).toBe(true)
      }),
    )
  })
})
