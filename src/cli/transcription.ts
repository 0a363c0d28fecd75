import { Command, Option } from 'commander'
import { changeTranscription } from '../api/acts/transcription.ts'
import { transcriptionChange } from '../api/contract.ts'
import { showTranscription } from '../api/views/transcript.ts'
import { checkChange, toNumber } from './check-input.ts'
import { withData } from './data.ts'
import type { Terminal } from './terminal.ts'

interface Flags {
  readonly command?: string
  readonly rate?: string
  readonly server?: string
  readonly model?: string
  readonly key?: string
  readonly keyStdin?: boolean
  readonly language?: string
  readonly live?: string
  readonly waitSeconds?: string
  readonly older?: boolean
}

const orNone = (text: string | undefined) => (text === '' ? null : text)

/** `answerphone transcription …`: who writes down what callers say. */
export function transcriptionCommand(terminal: Terminal): Command {
  const transcription = new Command('transcription').description('who writes down what callers say')

  transcription
    .command('show')
    .description('show the settings as JSON, without the key, and how many messages are written down')
    .action((_flags, command: Command) =>
      withData(command, async ({ keptTranscription, store }) => {
        terminal.print(`${JSON.stringify(await showTranscription(keptTranscription, store), null, 2)}\n`)
      }),
    )

  transcription
    .command('set')
    .description('set it up, or change it; docs/transcription.md has what to choose from')
    .option('--command <COMMAND>', 'a command of the shell that reads sound and writes lines')
    .addOption(
      new Option('--rate <HZ>', 'samples a second of the sound that the command gets').choices([
        '8000',
        '16000',
      ]),
    )
    .option('--server <URL>', 'a server that does as OpenAI’s /v1/audio/transcriptions')
    .option('--model <NAME>', 'the model that the server shall take (default whisper-1)')
    .option('--key <KEY>', 'the server’s key; others on this machine may see it here; empty for none')
    .option('--key-stdin', 'read the key from the standard input')
    .option('--language <LANGUAGE>', 'what callers speak, like en or de; empty: it finds out')
    .addOption(
      new Option('--live <WHETHER>', 'also while a message is left (default on)').choices(['on', 'off']),
    )
    .option('--wait-seconds <N>', 'how long mails and notifications wait for the words (default 20)')
    .option('--older', 'write down the messages that are here already, too')
    .action((flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const change = checkChange(
            transcriptionChange,
            {
              command: flags.command,
              commandRate: toNumber(flags.rate),
              serverUrl: flags.server,
              serverModel: flags.model,
              serverKey: flags.keyStdin
                ? (await terminal.readSecret('Key (it is not shown): ')).replace(/\r?\n$/, '')
                : orNone(flags.key),
              language: orNone(flags.language),
              live: flags.live === undefined ? undefined : flags.live === 'on',
              waitSeconds: toNumber(flags.waitSeconds),
              older: flags.older,
            },
            { serverUrl: '--server', serverModel: '--model', serverKey: '--key-stdin' },
          )
          await changeTranscription(data, change)
          const { by } = await data.keptTranscription.read()
          terminal.print(
            by === 'off'
              ? 'Nothing is written down yet: name a --command or a --server, or `answerphone models use` a model.\n'
              : `What callers say is written down by the ${by}.\n`,
          )
        },
        { create: true },
      ),
    )

  transcription
    .command('off')
    .description('write nothing down any more; what is written stays')
    .action((_flags, command: Command) =>
      withData(command, async (data) => {
        await changeTranscription(data, { by: 'off' })
        terminal.print('Nothing is written down any more.\n')
      }),
    )

  return transcription
}
