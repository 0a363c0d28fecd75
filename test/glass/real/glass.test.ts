import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { systemRandom } from '../../../src/shared/random.ts'
import { tellApart } from '../statistics/tell-apart.ts'
import { lineName, PASSWORD, phoneName, startGlassMachine } from './glass-machine.ts'
import { measureSides, tellByForm } from './measure-sides.ts'
import { openMeasuringCallers } from './measuring-callers.ts'
import { openOwnersPhones, type PhoneSetting } from './owners-phones.ts'
import { visitPage } from './page-visitor.ts'

/** How many phones a side has, and what they do. */
const SIDES: Readonly<Record<string, { readonly phones: number; readonly habit: PhoneSetting['habit'] }>> = {
  out: { phones: 0, habit: 'rings' },
  'page open, the level watched, a message played and deleted': { phones: 0, habit: 'rings' },
  ignored: { phones: 2, habit: 'rings' },
  declined: { phones: 2, habit: 'declines' },
  'one listener': { phones: 1, habit: 'listens' },
  'ten listeners': { phones: 10, habit: 'listens' },
}
const NAMES = Object.keys(SIDES)
const ROUNDS = 30
/** Two of each side in a round: 60 calls a side. */
const LINES = 2 * NAMES.length
/** From INVITE to the end. */
const CALL_MS = 3300

it('nobody can tell by a call what goes on behind the glass', async () => {
  await using opened = new AsyncDisposableStack()
  const sideOf = (line: number) => SIDES[NAMES[line % NAMES.length] ?? ''] ?? { phones: 0, habit: 'rings' }
  const machine = opened.use(await startGlassMachine(LINES, (line) => sideOf(line).phones))
  const settings = Array.from({ length: LINES }, (_, line) =>
    Array.from({ length: sideOf(line).phones }, (_, phone) => ({
      name: phoneName(line, phone),
      password: PASSWORD,
      habit: sideOf(line).habit,
      to: machine.sip,
      listenTo: `*1${lineName(line)}`,
    })),
  ).flat()
  const phones = opened.use(await openOwnersPhones(settings))
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
  expect(played).toBeGreaterThan(ROUNDS * 16_000)
  expect(levels).toBeGreaterThan(ROUNDS * 2 * 5)
  for (const { name, rung, heard, statuses } of await phones.report()) {
    expect(rung, name).toBe(ROUNDS)
    const { habit } = settings.find((setting) => setting.name === name) ?? {}
    if (habit === 'rings') expect(new Set(statuses), name).toEqual(new Set([487]))
    if (habit === 'declines')
      expect(new Set(statuses), name).toEqual(new Set([name.endsWith('0') ? 486 : 603]))
    if (habit === 'listens') expect(heard, name).toBeGreaterThan(ROUNDS * 30)
  }
}, 300_000)
