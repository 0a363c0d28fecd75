import type { Command } from 'commander'
import { type Data, withData } from './data.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'

/** `list`: a table for people, with `--json` an array of objects for scripts. */
export function addList<Row extends object>(
  parent: Command,
  terminal: Terminal,
  list: {
    readonly description: string
    readonly columns: readonly Column<Row>[]
    /** What to say when there is nothing. */
    readonly none: string
    readonly read: (data: Data) => Promise<readonly Row[]>
  },
): void {
  parent
    .command('list')
    .description(list.description)
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }, command: Command) =>
      withData(command, async (data) =>
        printRows(await list.read(data), list.columns, { terminal, json, none: list.none }),
      ),
    )
}

/** `show`: one thing, by its name or id, as JSON. */
export function addShow(
  parent: Command,
  terminal: Terminal,
  show: {
    readonly kind: string
    readonly key?: string
    readonly read: (data: Data, key: string) => Promise<object>
  },
): void {
  parent
    .command('show')
    .description(`show a ${show.kind} as JSON`)
    .argument(`<${show.kind}>`, show.key ?? 'name or id')
    .action((key: string, _flags, command: Command) =>
      withData(command, async (data) => {
        terminal.print(`${JSON.stringify(await show.read(data, key), null, 2)}\n`)
      }),
    )
}

/** `remove`: one thing, by its name or id. */
export function addRemove(
  parent: Command,
  terminal: Terminal,
  remove: {
    readonly kind: string
    readonly description: string
    readonly act: (data: Data, key: string) => Promise<void>
  },
): void {
  parent
    .command('remove')
    .description(remove.description)
    .argument(`<${remove.kind}>`, 'name or id')
    .action((key: string, _flags, command: Command) =>
      withData(command, async (data) => {
        await remove.act(data, key)
        terminal.print(`The ${remove.kind} ${key} is removed.\n`)
      }),
    )
}
