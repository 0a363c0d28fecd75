import { Command } from 'commander'
import { changeSwitches } from '../api/acts/switches.ts'
import type { SwitchesChange } from '../api/contract.ts'
import { showSwitches } from '../api/views/switches.ts'
import { readSwitches, type Switches } from '../store/switches.ts'
import { toInstant } from './check-input.ts'
import { withData } from './data.ts'
import { localTime } from './moment.ts'
import type { Terminal } from './terminal.ts'

/** `answerphone on`, `off`, `dnd` and `switches`: what the house is switched to. */
export function switchCommands(terminal: Terminal) {
  const change = (command: Command, to: SwitchesChange, until?: string) =>
    withData(command, async (data) => {
      const doNotDisturbUntil = until === undefined ? undefined : nextTime(until, data.clock.now())
      const switches = await changeSwitches(data, { ...to, ...(doNotDisturbUntil && { doNotDisturbUntil }) })
      terminal.print(`${describe(switches)}\n`)
    })

  const on = new Command('on')
    .description('switch the machine on: it answers the calls that nobody takes')
    .action((_flags, command: Command) => change(command, { machineOn: true }))
  const off = new Command('off')
    .description('switch the machine off: phones ring, and it never answers')
    .action((_flags, command: Command) => change(command, { machineOn: false }))

  const dnd = new Command('dnd').description(
    'do not disturb: no phone rings, and the machine answers as ever',
  )
  dnd
    .command('on')
    .description('quiet, until you say otherwise')
    .option('--until <TIME>', 'until then: 18:30 (the next one), 2026-05-01T18:30 or 2026-05-02')
    .action(({ until }: { until?: string }, command: Command) =>
      change(command, { doNotDisturb: true }, until),
    )
  dnd
    .command('off')
    .description('let phones ring again')
    .action((_flags, command: Command) => change(command, { doNotDisturb: false }))

  const switches = new Command('switches')
    .description('show what the house is switched to')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }, command: Command) =>
      withData(command, async ({ store, clock }) => {
        const current = await readSwitches(store, clock.now())
        terminal.print(
          json ? `${JSON.stringify(showSwitches(current), null, 2)}\n` : `${describe(current)}\n`,
        )
      }),
    )
  return { on, off, dnd, switches }
}

/** A time of day is the next one of that name; all else as other commands read it. */
export function nextTime(text: string, now: number): string | undefined {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  if (hours === undefined) return toInstant('--until', text)
  const at = new Date(now)
  at.setHours(Number(hours), Number(minutes), 0, 0)
  if (at.getTime() <= now) at.setDate(at.getDate() + 1)
  return at.toISOString()
}

function describe(switches: Switches): string {
  const { machineOn, doNotDisturb, doNotDisturbUntil } = showSwitches(switches)
  const machine = machineOn ? 'The machine is on.' : 'The machine is off: it answers no call.'
  if (!doNotDisturb) return `${machine} Phones ring.`
  const until = doNotDisturbUntil === null ? '' : ` until ${localTime(doNotDisturbUntil)}`
  return `${machine} Do not disturb: no phone rings${until}.`
}
