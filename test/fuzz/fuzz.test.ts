import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzz.ts'
import type { Target } from './target.ts'
import { targets } from './targets.ts'

/** A few seconds of what `npm run fuzz` does for as long as one likes. The same inputs each time. */
const INPUTS: Readonly<Record<string, number>> = { house: 640, media: 1280, 'web-socket': 1280 }
const USUAL_INPUTS = 3200

/** What once was found, so that it never comes back. */
function foundFor({ name }: Target): Buffer[] {
  const folder = new URL(`found/${name}/`, import.meta.url)
  return existsSync(folder) ? readdirSync(folder).map((file) => readFileSync(new URL(file, folder))) : []
}

describe.each(targets)('$name', (target) => {
  it('takes whatever comes', async () => {
    const most = INPUTS[target.name] ?? USUAL_INPUTS
    const seeds = [...target.seeds, ...foundFor(target)]
    const { finding } = await fuzz(
      { ...target, seeds },
      { seed: 20_261_126, isOver: (inputs) => inputs >= most },
    )
    expect(finding).toBeUndefined()
  })
})

it('finds what a target does wrong, and says by which input', async () => {
  const careless: Target = {
    name: 'careless',
    shape: 'bytes',
    seeds: [Buffer.from([1, 2, 3, 4])],
    open: async () => ({
      take: (input) => void (input.length > 2 && input.readUInt16BE(input[0] === 0xff ? input.length : 0)),
    }),
  }
  const { finding } = await fuzz(careless, { seed: 1, isOver: (inputs) => inputs > 100_000 })
  expect(finding?.error).toBeInstanceOf(RangeError)
  expect(finding?.inputs[0]?.[0]).toBe(0xff)
})
