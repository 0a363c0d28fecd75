import { Command } from 'commander'
import { changeQuietHours } from '../api/acts/quiet-hours.ts'
import { houseQuiet } from '../api/contract.ts'
import type { QuietHours } from '../store/model.ts'
import { readQuietHours } from '../store/quiet-hours.ts'
import { checkInput } from './check-input.ts'
import { withData } from './data.ts'
import { readHours } from './read-hours.ts'
import type { Terminal } from './terminal.ts'

/** `answerphone quiet …`: when the house wants to hear of nothing. */
export function quietCommand(terminal: Terminal): Command {
  const quiet = new Command('quiet').description('hours in which topics and browsers make no sound')
  quiet
    .command('show')
    .description('show these hours')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }, command: Command) =>
      withData(command, async ({ store }) => {
        const hours = await readQuietHours(store)
        terminal.print(json ? `${JSON.stringify(hours, null, 2)}\n` : `${describe(hours)}\n`)
      }),
    )
  quiet
    .command('set')
    .description('set these hours')
    .argument('<hours>', 'like "22:00-07:00" or "mon-fri 22:00-06:30; sat,sun 23:00-09:00"; none: never')
    .action((text: string, _flags, command: Command) =>
      withData(command, async (data) => {
        const { hours } = checkInput(houseQuiet, { hours: readHours(text) }, { hours: 'hours' })
        await changeQuietHours(data, hours)
        terminal.print(`${describe(hours)}\n`)
      }),
    )
  return quiet
}

const describe = (hours: readonly QuietHours[]): string =>
  hours.length === 0
    ? 'No quiet hours.'
    : hours
        .map(({ days, from, to }) => `${days.length === 7 ? 'every day' : days.join(',')} ${from}-${to}`)
        .join('\n')
