import { Command } from 'commander'
import { addSpeechModel, removeSpeechModel } from '../api/acts/speech-models.ts'
import { changeTranscription } from '../api/acts/transcription.ts'
import type { SpeechModel, VoiceModel } from '../api/contract.ts'
import { showEar, showVoice } from '../api/views/speech-model.ts'
import { isVoice } from '../sherpa/models/speech-model.ts'
import { tryEar } from '../transcribe/sherpa/try-ear.ts'
import { tryVoice } from '../voice/sherpa/try-voice.ts'
import { addList } from './common-verbs.ts'
import { type Data, withData } from './data.ts'
import { localTime } from './moment.ts'
import type { Column } from './table.ts'
import type { Terminal } from './terminal.ts'

/** With what it is for, and whether it does that now. */
type Row = (SpeechModel | VoiceModel) & {
  readonly id: string
  readonly for: 'listening' | 'speaking'
  readonly inUse: boolean
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`

const COLUMNS: readonly Column<Row>[] = [
  ['NAME', (model) => model.name],
  ['FOR', (model) => ('language' in model && model.language ? `${model.for}, ${model.language}` : model.for)],
  ['KIND', (model) => model.kind],
  ['SIZE', (model) => megabytes(model.bytes)],
  ['ADDED', (model) => localTime(model.addedAt)],
  ['IN USE', (model) => (model.inUse ? 'yes' : '')],
]

/** `answerphone models …`: models by which sherpa-onnx listens to callers, and reads aloud to them, on this machine. */
export function modelsCommand(terminal: Terminal): Command {
  const models = new Command('models').description(
    'models that write down what callers say, and voices that read aloud, on this machine',
  )

  addList<Row>(models, terminal, {
    description: 'list the models that are installed, and what each is for',
    columns: COLUMNS,
    none: 'No models. docs/transcription.md and docs/voice.md say where there are some.',
    read: listModels,
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
            tryOut: (called, model) =>
              isVoice(model) ? tryVoice(model, data.clock) : tryEar(called, model, data.clock),
          })
          const speed = (trial.soundMs / Math.max(trial.tookMs, 1)).toFixed(1)
          terminal.print(
            `The model ${added.name} is installed: ${added.kind}, ${megabytes(added.bytes)}.\n` +
              `Its archive's SHA-256: ${added.sha256}\n` +
              (isVoice(added)
                ? `It is a voice, and read a sentence ${speed} times as fast as one speaks.\n` +
                  `Have it read what you type with \`answerphone voice set --model ${added.name}\`.\n`
                : `It heard a test call ${speed} times as fast as it was spoken, and wrote: "${trial.text}"\n` +
                  `Have it write what callers say with \`answerphone models use ${added.name}\`.\n`),
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

async function listModels({ keptTranscription, keptVoice }: Data): Promise<readonly Row[]> {
  const { by, speechModel } = await keptTranscription.read()
  const voices = Object.values(await keptVoice.read())
  return (await keptTranscription.models.list()).map((model) => {
    const { name } = model
    return isVoice(model)
      ? { id: name, for: 'speaking', ...showVoice(model), inUse: voices.includes(name) }
      : { id: name, for: 'listening', ...showEar(model), inUse: by === 'model' && speechModel === name }
  })
}
