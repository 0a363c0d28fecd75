import { Command } from 'commander'
import { addSpeechModel, removeSpeechModel } from '../api/acts/speech-models.ts'
import { changeTranscription } from '../api/acts/transcription.ts'
import type { SpeechModel } from '../api/contract.ts'
import { showSpeechModel } from '../api/views/transcript.ts'
import { tryModel } from '../transcribe/models/try-model.ts'
import { addList } from './common-verbs.ts'
import { withData } from './data.ts'
import { localTime } from './moment.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'

/** With what `list` says of which of them writes. */
interface Row extends SpeechModel {
  readonly id: string
  readonly inUse: boolean
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`

const COLUMNS: readonly Column<Row>[] = [
  ['NAME', (model) => model.name],
  ['KIND', (model) => model.kind],
  ['SIZE', (model) => megabytes(model.bytes)],
  ['ADDED', (model) => localTime(model.addedAt)],
  ['IN USE', (model) => (model.inUse ? 'yes' : '')],
]

/** `answerphone models …`: models by which sherpa-onnx writes down what callers say, on this machine. */
export function modelsCommand(terminal: Terminal): Command {
  const models = new Command('models').description('models that write down what callers say, on this machine')

  addList<Row>(models, terminal, {
    description: 'list the models that are installed',
    columns: COLUMNS,
    none: 'No models. docs/transcription.md says where there are some.',
    async read({ keptTranscription }) {
      const { by, speechModel } = await keptTranscription.read()
      return (await keptTranscription.models.list()).map((model) => ({
        id: model.name,
        ...showSpeechModel(model),
        inUse: by === 'model' && speechModel === model.name,
      }))
    },
  })

  models
    .command('add')
    .description('check a model for sherpa-onnx, try it, and install it')
    .argument('<file-or-url>', 'a .tar.bz2, .tar.gz or .tar, as sherpa-onnx releases its models')
    .option('--name <NAME>', 'what to call it (default: as the archive)')
    .option('--sha256 <HEX>', 'what the archive must have')
    .action((from: string, { name, sha256 }: { name?: string; sha256?: string }, command: Command) =>
      withData(
        command,
        async (data) => {
          terminal.warn('It is unpacked and tried; a large one takes minutes.\n')
          const { trial, ...added } = await addSpeechModel(data, {
            ...{ from, name, sha256 },
            tryOut: (called, model) => tryModel(called, model, data.clock),
          })
          const speed = (trial.soundMs / Math.max(trial.tookMs, 1)).toFixed(1)
          terminal.print(
            `The model ${added.name} is installed: ${added.kind}, ${megabytes(added.bytes)}.\n` +
              `Its archive's SHA-256: ${added.sha256}\n` +
              `It heard a test call ${speed} times as fast as it was spoken, and wrote: "${trial.text}"\n` +
              `Have it write what callers say with \`answerphone models use ${added.name}\`.\n`,
          )
        },
        { create: true },
      ),
    )

  models
    .command('use')
    .description('have a model write down what callers say, in the place of whoever does now')
    .argument('<model>', 'its name')
    .action((name: string, _flags, command: Command) =>
      withData(command, async (data) => {
        await changeTranscription(data, { speechModel: name })
        terminal.print(`What callers say is written down by the model ${name}.\n`)
      }),
    )

  models
    .command('remove')
    .description('remove a model that is not in use')
    .argument('<model>', 'its name')
    .action((name: string, _flags, command: Command) =>
      withData(command, async (data) => {
        await removeSpeechModel(data, name)
        terminal.print(`The model ${name} is removed.\n`)
      }),
    )

  return models
}
