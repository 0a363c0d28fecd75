import { Command } from 'commander'
import { addLine, changeLine, needLine } from '../api/acts/lines.ts'
import { type Line, lineChange, lineInput } from '../api/contract.ts'
import { readNames } from '../api/views/names.ts'
import { showLine } from '../api/views/settings.ts'
import { checkChange, checkInput, toNumber } from './check-input.ts'
import { addList, addRemove, addShow } from './common-verbs.ts'
import { withData } from './data.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<Line>[] = [
  ['LINE', (line) => line.name],
  ['NUMBER', (line) => line.number],
  ['TRUNK', (line) => line.trunk.join(' ')],
  ['MAILBOX', (line) => line.mailbox],
  ['RINGS', (line) => `${line.ringSeconds} s`],
  ['CALLS BACK', (line) => line.callBack],
]

interface Flags {
  readonly name?: string
  readonly trunk?: string[]
  readonly number?: string
  readonly mailbox?: string
  readonly ringSeconds?: string
  readonly callBack?: string
}

const fieldsOf = ({ name, trunk, number, mailbox, ringSeconds, callBack }: Flags) => ({
  name,
  trunk,
  number: number === '' ? null : number,
  mailbox,
  ringSeconds: toNumber(ringSeconds),
  callBack: callBack === 'none' ? null : callBack,
})

/** `answerphone lines …`: the accounts and trunks from which calls come. */
export function linesCommand(terminal: Terminal): Command {
  const lines = new Command('lines').description('the lines that the machine answers')

  addList(lines, terminal, {
    description: 'list the lines',
    columns: COLUMNS,
    none: 'No lines. Add one with `answerphone lines add NAME --trunk ADDRESS`.',
    async read({ store }) {
      const names = await readNames(store)
      return (await store.lines.list()).map((line) => showLine(line, names))
    },
  })

  addShow(lines, terminal, {
    kind: 'line',
    read: async ({ store }, key) => showLine(await needLine(store, key), await readNames(store)),
  })

  withFields(lines.command('add'))
    .description('add a line; without --mailbox it gets the mailbox of its name, made if that is missing')
    .argument('<name>', 'the user part of its SIP address')
    .action((name: string, flags: Flags, command: Command) =>
      withData(
        command,
        async ({ store }) => {
          const line = await addLine(store, checkInput(lineInput, { ...fieldsOf(flags), name }))
          terminal.print(`Line ${line.name} is there: it answers after ${line.ringSeconds} s.\n`)
        },
        { create: true },
      ),
    )

  withFields(lines.command('set'))
    .description('change a line; calls going on keep the plan with which they came')
    .argument('<line>', 'name or id')
    .option('--name <NAME>', 'a new name')
    .action((key: string, flags: Flags, command: Command) =>
      withData(command, async ({ store }) => {
        const line = await changeLine(store, key, checkChange(lineChange, fieldsOf(flags)))
        terminal.print(`Line ${line.name} is changed.\n`)
      }),
    )

  addRemove(lines, terminal, {
    kind: 'line',
    description: 'remove a line; its mailbox and messages stay',
    act: ({ store }, key) => store.lines.remove(key),
  })

  return lines
}

function withFields(command: Command): Command {
  const collect = (block: string, blocks: string[] = []) => [...blocks, block]
  return command
    .option(
      '--trunk <CIDR>',
      'an address or block that may call this line; may be given several times',
      collect,
    )
    .option('--number <NUMBER>', 'its telephone number as the provider sends it; empty for none')
    .option('--mailbox <MAILBOX>', 'where its messages go')
    .option('--ring-seconds <S>', 'ring time before the machine answers (default 18; 0 answers at once)')
    .option(
      '--call-back <URI>',
      'where phones may call out through this line, like sip:192.0.2.7:5060; none: they may not (default)',
    )
}
