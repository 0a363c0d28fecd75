import { Command } from 'commander'
import { changeHouse } from '../api/acts/house.ts'
import { houseChange } from '../api/contract.ts'
import { type HouseCountry, readHouseCountry } from '../store/house-country.ts'
import { checkChange } from './check-input.ts'
import { withData } from './data.ts'
import type { Terminal } from './terminal.ts'

/** `answerphone house …`: where the house is. */
export function houseCommand(terminal: Terminal): Command {
  const house = new Command('house').description(
    'where the house is: numbers of contacts and blocked ones are read as they are written there',
  )

  house
    .command('show')
    .description('show the country, and how it is known')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }, command: Command) =>
      withData(command, async ({ store }) => {
        const known = await readHouseCountry(store)
        terminal.print(json ? `${JSON.stringify(known, null, 2)}\n` : `${describe(known)}\n`)
      }),
    )

  house
    .command('set')
    .description('say where the house is')
    .option('--country <CC>', 'two letters, like DE; none: as the lines say')
    .action(({ country }: { country?: string }, command: Command) =>
      withData(command, async (data) => {
        const change = checkChange(houseChange, { country: toCountry(country) })
        terminal.print(`${describe(await changeHouse(data, change))}\n`)
      }),
    )

  return house
}

/** A country of the command line, in any case of letters; `none` is null. */
export const toCountry = (text: string | undefined): string | null | undefined =>
  text === 'none' ? null : text?.toUpperCase()

function describe({ country, from }: HouseCountry): string {
  if (country === null) return 'No country: say it with --country, for the house or for a line.'
  return `Country ${country}${from === 'lines' ? ', as the lines say' : ''}`
}
