import { describe, expect, it } from 'vitest'
import { scripts } from './scripts.ts'
import { playCall, type Side } from './stage.ts'
import { differenceBetween } from './trace/difference.ts'

/** Nobody is at home, and every phone is off: what all else is held against. */
export const out: Side = { name: 'out' }

/** Plays every caller's script against each of these sides: the caller must hear what it hears when everybody is out. */
export function holdAgainstOut(sides: readonly Side[]): void {
  describe.each(scripts)('a caller who $name', (script) => {
    const expected = playCall(script, out)
    const possible = sides.filter(({ house }) => !(script.amongPhones && house?.phones?.length === 0))

    it.each(possible)('hears the same as when everybody is out: $name', async (side) => {
      const one = { name: out.name, trace: await expected }
      const other = { name: side.name, trace: await playCall(script, side, script === scripts[0]) }
      expect(differenceBetween(one, other)).toBeUndefined()
    })
  })
}
