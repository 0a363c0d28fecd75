import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { systemRandom } from '../../../src/shared/random.ts'
import { hasChromium } from '../../helpers/browser.ts'
import { tellApart } from '../statistics/tell-apart.ts'
import { startGlassMachine } from './glass-machine.ts'
import { type LinePhones, openHousehold } from './household.ts'
import { measureSides, tellByForm } from './measure-sides.ts'
import { openMeasuringCallers } from './measuring-callers.ts'
import { visitPage } from './page-visitor.ts'

/** What phones there are while a caller calls. */
const SIDES: Readonly<Record<string, LinePhones>> = {
  out: { phones: 0, habit: 'rings' },
  'page open, the level watched, a message played and deleted': { phones: 0, habit: 'rings' },
  ignored: { phones: 2, habit: 'rings' },
  declined: { phones: 2, habit: 'declines' },
  'one listener': { phones: 1, habit: 'listens' },
  'ten listeners': { phones: 10, habit: 'listens' },
  ...(hasChromium && { 'Chromium listens': { phones: 1, habit: 'listens', browser: 'Chromium' } }),
  'ten browsers listen': { phones: 10, habit: 'listens', browser: 'scripted' },
}
const NAMES = Object.keys(SIDES)
const ROUNDS = 20
/** Three of each side in a round: 60 calls a side. */
const LINES = 3 * NAMES.length
/** From INVITE to the end. */
const CALL_MS = 3300

it('nobody can tell by a call what goes on behind the glass', async () => {
  await using opened = new AsyncDisposableStack()
  const lines = Array.from(
    { length: LINES },
    (_, line) => SIDES[NAMES[line % NAMES.length] ?? ''] as LinePhones,
  )
  const machine = opened.use(await startGlassMachine(LINES, (line) => lines[line]?.phones ?? 0))
  const household = opened.use(await openHousehold(machine, lines))
  const callers = opened.use(openMeasuringCallers())
  let played = 0
  let levels = 0

  const calls = await measureSides({
    machine,
    callers,
    sides: NAMES,
    rounds: ROUNDS,
    callsPerRound: LINES,
    random: systemRandom,
    async beside(side, line) {
      if (!side.startsWith('page')) return async () => {}
      const page = await visitPage(machine, line, CALL_MS, () => systemRandom.uint32() / 2 ** 32)
      return async () => {
        const did = await page.leave()
        played += did.played
        levels += did.levels
      }
    },
  })

  const { GLASS_DUMP } = process.env
  if (GLASS_DUMP) writeFileSync(GLASS_DUMP, JSON.stringify(calls))

  expect(tellByForm(calls, 'out')).toEqual([])
  expect(tellApart(calls, { first: 'out', random: systemRandom })).toEqual([])

  // All of it has happened.
  expect(played).toBeGreaterThan(ROUNDS * 24_000)
  expect(levels).toBeGreaterThan(ROUNDS * 3 * 5)
  for (const { name, habit, rung, heard, statuses } of await household.report()) {
    expect(rung, name).toBe(ROUNDS)
    if (habit === 'rings') expect(new Set(statuses), name).toEqual(new Set([487]))
    if (habit === 'declines')
      expect(new Set(statuses), name).toEqual(new Set([name.endsWith('0') ? 486 : 603]))
    if (habit === 'listens') expect(heard, name).toBeGreaterThan(ROUNDS * 20)
  }
}, 300_000)
