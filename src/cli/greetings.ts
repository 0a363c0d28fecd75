import { readFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { addGreeting, removeGreeting } from '../api/acts/greetings.ts'
import { firstLanguage } from '../api/acts/mailboxes.ts'
import { type Greeting, greetingQuery, language, spokenText } from '../api/contract.ts'
import { showGreeting } from '../api/views/settings.ts'
import { SETTINGS } from '../config/settings.ts'
import { readConfig } from '../config.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Language } from '../shared/language.ts'
import { formatLength } from '../shared/length.ts'
import { openHouseVoice } from '../voice/house-voice.ts'
import { checkInput } from './check-input.ts'
import { addList, addRemove } from './common-verbs.ts'
import { flagsOf } from './config-options.ts'
import { type Data, withData } from './data.ts'
import { scheduleCommand } from './greeting-schedule.ts'
import { localTime } from './moment.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'
import { refuseFile, writeAudio } from './write-audio.ts'

const COLUMNS: readonly Column<Greeting>[] = [
  ['GREETING', (greeting) => greeting.name],
  ['LENGTH', (greeting) => formatLength(greeting.durationMs)],
  ['ADDED', (greeting) => localTime(greeting.createdAt)],
  ['ID', (greeting) => greeting.id],
]

interface AddFlags {
  readonly file?: string
  readonly say?: string
  readonly language?: Language
}

/** The WAV file, or what the voice makes of the text. */
async function readSound(
  { file, say, language: spoken }: AddFlags,
  { store, keptVoice, clock }: Data,
  command: string | undefined,
): Promise<Buffer> {
  if ((file === undefined) === (say === undefined))
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: 'give either --file or --say' })
  if (file !== undefined) return readFile(file).catch((error: Error) => refuseFile(file, error))
  const input = checkInput(spokenText, { text: say, language: spoken })
  await using voice = openHouseVoice({ command, kept: keptVoice, clock })
  return await voice.speak(input.text, input.language ?? (await firstLanguage(store)))
}

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
    .description(
      'add a greeting from a WAV file, or one that is typed; `mailboxes set MAILBOX --greeting NAME` takes it into use',
    )
    .argument('<name>')
    .option('--file <FILE>', 'WAV file of at most 5 minutes')
    .option(
      '--say <TEXT>',
      'what the voice is to read aloud: a model (`answerphone voice set`), or --voice-command',
    )
    .addOption(
      new Option('--language <L>', 'of the text (default: that of the first mailbox by name)').choices(
        language.options,
      ),
    )
    .option(
      `${SETTINGS.voiceCommand.flag} <${SETTINGS.voiceCommand.value}>`,
      `${SETTINGS.voiceCommand.help} (env ${SETTINGS.voiceCommand.env})`,
    )
    .action((name: string, flags: AddFlags, command: Command) =>
      withData(
        command,
        async (data) => {
          const wav = await readSound(flags, data, readConfig(flagsOf(command), terminal.env).voiceCommand)
          const greeting = await addGreeting(data, checkInput(greetingQuery, { name }).name, wav)
          terminal.print(`Greeting ${greeting.name} is there: ${formatLength(greeting.durationMs)} long.\n`)
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
