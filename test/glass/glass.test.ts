import { describe, expect, it } from 'vitest'
import { scripts } from './scripts.ts'
import { out, sides } from './sides.ts'
import { playCall } from './stage.ts'
import { differenceBetween } from './trace/difference.ts'

describe.each(scripts)('a caller who $name', (script) => {
  const expected = playCall(script, out)

  it.each(sides)('hears the same as when everybody is out: $name', async (side) => {
    const one = { name: out.name, trace: await expected }
    const other = { name: side.name, trace: await playCall(script, side) }
    expect(differenceBetween(one, other)).toBeUndefined()
  })
})
