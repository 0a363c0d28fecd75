import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { version } from '../shared/version.ts'
import { serveCommand } from './serve.ts'
import type { Terminal } from './terminal.ts'

/**
 * `answerphone` with `serve` and these commands beside it. What serves runs for weeks, and does without them: see program.ts.
 * Parsing throws CommanderError instead of ending the process.
 */
export function frameProgram(terminal: Terminal, beside: readonly Command[] = []): Command {
  const program = new Command('answerphone')
    .description('A self-hosted answering machine for SIP lines')
    .version(version)
    .option('--data <DIR>', 'data directory (env ANSWERPHONE_DATA, default ./data)')
    .option('--config <FILE>', 'YAML file with the flags of `serve` as keys (env ANSWERPHONE_CONFIG)')
    .showSuggestionAfterError()
    .hook('preAction', () => {
      const { data, config } = program.opts<{ data?: string; config?: string }>()
      program.setOptionValue('data', readConfig({ data, config }, terminal.env).data)
    })
  for (const command of [serveCommand(terminal), ...beside]) program.addCommand(command)
  for (const command of withDescendants(program))
    command
      .exitOverride()
      .configureOutput({
        writeOut: terminal.print,
        writeErr: terminal.warn,
        outputError: (text, write) => write(text.replace(/^error: /, 'answerphone: AP_INPUT_INVALID: ')),
      })
      .configureHelp({ showGlobalOptions: true })
  return program
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)]
}

/** The command that these arguments ask for; '' where that can't be told, or help is wanted. */
export function askedCommand(args: readonly string[]): string {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    // The flags of the program itself come with a word.
    if (word === '--data' || word === '--config') at++
    else if (!word.startsWith('-')) return word
    else if (!/^--(?:data|config)=/.test(word)) return ''
  }
  return ''
}
