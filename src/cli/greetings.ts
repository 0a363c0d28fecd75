import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { addGreeting, removeGreeting } from '../api/acts/greetings.ts'
import { type Greeting, greetingQuery } from '../api/contract.ts'
import { showGreeting } from '../api/views/settings.ts'
import { checkInput } from './check-input.ts'
import { addList, addRemove } from './common-verbs.ts'
import { withData } from './data.ts'
import { scheduleCommand } from './greeting-schedule.ts'
import { localTime, minutes } from './moment.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'
import { refuseFile, writeAudio } from './write-audio.ts'

const COLUMNS: readonly Column<Greeting>[] = [
  ['GREETING', (greeting) => greeting.name],
  ['LENGTH', (greeting) => minutes(greeting.durationMs)],
  ['ADDED', (greeting) => localTime(greeting.createdAt)],
  ['ID', (greeting) => greeting.id],
]

/** `answerphone greetings …`: the owner's words to callers. */
export function greetingsCommand(terminal: Terminal): Command {
  const greetings = new Command('greetings').description('your own words to callers')

  addList(greetings, terminal, {
    description: 'list the greetings',
    columns: COLUMNS,
    none: 'No greetings of your own: callers hear the one that ships with Answerphone.',
    read: async ({ greetings }) => (await greetings.list()).map(showGreeting),
  })

  greetings
    .command('add')
    .description('add a greeting from a WAV file; `mailboxes set MAILBOX --greeting NAME` takes it into use')
    .argument('<name>')
    .requiredOption('--file <FILE>', 'WAV file of at most 5 minutes')
    .action((name: string, { file }: { file: string }, command: Command) =>
      withData(
        command,
        async (data) => {
          const wav = await readFile(file).catch((error: Error) => refuseFile(file, error))
          const greeting = await addGreeting(data, checkInput(greetingQuery, { name }).name, wav)
          terminal.print(`Greeting ${greeting.name} is there: ${minutes(greeting.durationMs)} long.\n`)
        },
        { create: true },
      ),
    )

  greetings
    .command('audio')
    .description('write a greeting to a WAV file')
    .argument('<greeting>', 'name or id')
    .requiredOption('--out <FILE>', 'the file to write; - for the standard output')
    .action((key: string, { out }: { out: string }, command: Command) =>
      withData(command, async ({ greetings }) => {
        await writeAudio(await greetings.audioFile(key), out, terminal)
      }),
    )

  addRemove(greetings, terminal, {
    kind: 'greeting',
    description:
      'remove a greeting; mailboxes that had it go back to the shipped one, schedules to the standard one',
    act: removeGreeting,
  })

  return greetings.addCommand(scheduleCommand(terminal))
}
