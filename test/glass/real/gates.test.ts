import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { systemRandom } from '../../../src/shared/random.ts'
import { sleep } from '../../helpers/processes.ts'
import type { RunningMachine } from '../../helpers/running-machine.ts'
import { tellApart } from '../statistics/tell-apart.ts'
import { startGlassMachine } from './glass-machine.ts'
import { type LinePhones, openHousehold } from './household.ts'
import { openLeakyRelay } from './leaky-relay.ts'
import { type MeasuredCall, measureSides, tellByForm } from './measure-sides.ts'
import { openMeasuringCallers } from './measuring-callers.ts'

const NOBODY: LinePhones = { phones: 0, habit: 'rings' }
const PAGE = 'the name is played on the page'
/** What goes on while a caller is at a gate, or hears it ring behind it. */
const DIRECT: Readonly<Record<string, LinePhones>> = {
  out: NOBODY,
  'phones ring': { phones: 2, habit: 'rings' },
  'two phones hear the name': { phones: 2, habit: 'hears' },
  [PAGE]: NOBODY,
}
/** Callers behind a relay, of which one has a hole for just as long as a phone hears the name. */
const RELAYED: Readonly<Record<string, LinePhones>> = {
  tight: NOBODY,
  'packets are 3 ms late while a phone hears the name': { phones: 1, habit: 'hears' },
}
const SIDES = { ...DIRECT, ...RELAYED }
const NAMES = Object.keys(SIDES)
const ROUNDS = 8
/** Four of each side in a round: 32 calls a side. */
const LINES = 4 * NAMES.length

it('nobody can tell by a gate who hears his name', async () => {
  await using opened = new AsyncDisposableStack()
  const lines = Array.from({ length: LINES }, (_, line) => SIDES[NAMES[line % NAMES.length] ?? ''] ?? NOBODY)
  const machine = opened.use(await startGlassMachine(LINES, (line) => lines[line]?.phones ?? 0))
  await machine.post('/rules', {
    name: 'strangers',
    action: { kind: 'take', gate: { kind: 'name' }, ringSeconds: 2 },
  })
  const household = opened.use(await openHousehold(machine, lines))
  const callers = opened.use(openMeasuringCallers())
  const ports = new Map<string, number>()
  for (const side of Object.keys(RELAYED)) {
    const place = { machine: machine.sip, near: '127.0.0.1', far: '127.0.0.2' }
    const packetDelayMs = (_index: number, line: string) => (household.listensTo(line) ? 3 : 0)
    const relay = await openLeakyRelay(place, side === 'tight' ? {} : { packetDelayMs })
    ports.set(side, opened.use(relay).port)
  }
  let played = 0

  const calls = await measureSides({
    machine,
    callers,
    sides: NAMES,
    saysName: true,
    portOf: (side) => ports.get(side) ?? machine.sip.port,
    rounds: ROUNDS,
    callsPerRound: LINES,
    random: systemRandom,
    async beside(side, line) {
      if (side !== PAGE) return async () => {}
      const playing = playName(machine, line)
      return async () => {
        played += await playing
      }
    },
  })

  const { GLASS_DUMP } = process.env
  if (GLASS_DUMP) writeFileSync(GLASS_DUMP, JSON.stringify(calls))
  const of = (sides: object) => calls.filter(({ side }) => side in sides)
  const judge = (some: readonly MeasuredCall[], first: string) =>
    tellApart(some, { first, random: systemRandom })

  expect(tellByForm(calls, 'out')).toEqual([])
  expect(judge(of(DIRECT), 'out')).toEqual([])
  expect(judge(of(RELAYED), 'tight').join('\n')).toMatch(
    /: lateness while it rings .*a classifier is right in \d+ %/s,
  )

  // All of it has happened.
  expect(played).toBeGreaterThan(ROUNDS * 4 * 4000)
  for (const { name, habit, rung, heard, statuses } of await household.report()) {
    expect(rung, name).toBe(ROUNDS)
    expect(new Set(statuses), name).toEqual(new Set([habit === 'hears' ? 200 : 487]))
    if (habit === 'hears') expect(heard, name).toBeGreaterThan(ROUNDS * 20)
  }
}, 240_000)

/** Plays the name as soon as it is there, while it rings. Resolves with the bytes of its sound. */
async function playName(machine: RunningMachine, line: string): Promise<number> {
  interface Going {
    readonly id: string
    readonly line: string
    readonly phase: string
    readonly gate: { readonly name: object | null } | null
  }
  for (let look = 0; look < 60; look++) {
    await sleep(100)
    const { live } = (await (await machine.api('/calls?limit=1')).json()) as { live: Going[] }
    const call = live.find((going) => going.line === line)
    if (call?.phase !== 'ringing' || !call.gate?.name) continue
    const sound = await machine.api(`/calls/${call.id}/name`)
    return sound.ok ? (await sound.arrayBuffer()).byteLength : 0
  }
  return 0
}
