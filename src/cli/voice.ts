import { Command, Option } from 'commander'
import { changeVoice } from '../api/acts/voice.ts'
import { language } from '../api/contract.ts'
import { showVoice } from '../api/views/speech-model.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { LANGUAGES, type Language } from '../shared/language.ts'
import { isVoice } from '../sherpa/models/speech-model.ts'
import { withData } from './data.ts'
import type { Terminal } from './terminal.ts'

const languageOption = (help: string) => new Option('--language <L>', help).choices(language.options)
const named: Readonly<Record<Language, string>> = { en: 'English', de: 'German' }

/** `answerphone voice …`: who reads aloud what is typed. */
export function voiceCommand(terminal: Terminal): Command {
  const voice = new Command('voice').description('who reads aloud what is typed for callers')

  voice
    .command('show')
    .description('show as JSON which model reads which language, and those to choose from')
    .action((_flags, command: Command) =>
      withData(command, async ({ keptVoice }) => {
        const installed = (await keptVoice.models.list()).filter(isVoice).map(showVoice)
        terminal.print(`${JSON.stringify({ models: await keptVoice.read(), installed }, null, 2)}\n`)
      }),
    )

  voice
    .command('set')
    .description('have a model read texts aloud; docs/voice.md has where there are some')
    .requiredOption('--model <NAME>', 'a voice that `answerphone models add` has installed')
    .addOption(languageOption('of the texts that it reads (default: the language of the model)'))
    .action(({ model, language }: { model: string; language?: Language }, command: Command) =>
      withData(command, async (data) => {
        const spoken = language ?? (await data.keptVoice.models.locateVoice(model)).language
        if (spoken === null)
          throw new AnswerphoneError('AP_INPUT_INVALID', {
            what: `The model ${model} does not say what it speaks: give --language, too.`,
          })
        await changeVoice(data, { models: { [spoken]: model } })
        terminal.print(`Texts in ${named[spoken]} are read by the model ${model}.\n`)
      }),
    )

  voice
    .command('off')
    .description('have no model read any more; --voice-command does, where the machine was started with it')
    .addOption(languageOption('only what is in this language'))
    .action(({ language }: { language?: Language }, command: Command) =>
      withData(command, async (data) => {
        const over = language === undefined ? LANGUAGES : [language]
        await changeVoice(data, { models: Object.fromEntries(over.map((each) => [each, null])) })
        terminal.print(
          `Texts in ${over.map((each) => named[each]).join(' and ')} are read by no model any more.\n`,
        )
      }),
    )

  return voice
}
