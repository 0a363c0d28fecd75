import type { Command } from 'commander'
import { applyCommand } from './apply.ts'
import { auditCommand } from './audit.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { blockListsCommand } from './block-lists.ts'
import { blockedCommand } from './blocked.ts'
import { callersCommand } from './callers.ts'
import { callsCommand } from './calls.ts'
import { contactsCommand } from './contacts.ts'
import { doctorCommand } from './doctor.ts'
import { frameProgram } from './frame-program.ts'
import { greetingsCommand } from './greetings.ts'
import { houseCommand } from './house.ts'
import { linesCommand } from './lines.ts'
import { mailCommand } from './mail.ts'
import { mailboxesCommand } from './mailboxes.ts'
import { messagesCommand } from './messages.ts'
import { modelsCommand } from './models.ts'
import { mqttCommand } from './mqtt.ts'
import { ntfyCommand } from './ntfy.ts'
import { phonesCommand } from './phones.ts'
import { quietCommand } from './quiet.ts'
import { reportCommand } from './report.ts'
import { rulesCommand } from './rules.ts'
import { storageCommand } from './storage.ts'
import { switchCommands } from './switches.ts'
import type { Terminal } from './terminal.ts'
import { tokensCommand } from './tokens.ts'
import { transcriptionCommand } from './transcription.ts'
import { usersCommand } from './users.ts'
import { webhooksCommand } from './webhooks.ts'

/** All of `answerphone …`. Parsing throws CommanderError instead of ending the process. */
export async function createProgram(terminal: Terminal): Promise<Command> {
  // The test caller brings SIP and media with it; the other commands need neither.
  const { callCommand } = await import('./call.ts')
  return frameProgram(terminal, [
    callCommand(),
    messagesCommand(terminal),
    callsCommand(terminal),
    applyCommand(terminal),
    linesCommand(terminal),
    houseCommand(terminal),
    mailboxesCommand(terminal),
    mailCommand(terminal),
    webhooksCommand(terminal),
    transcriptionCommand(terminal),
    modelsCommand(terminal),
    ntfyCommand(terminal),
    quietCommand(terminal),
    mqttCommand(terminal),
    storageCommand(terminal),
    greetingsCommand(terminal),
    phonesCommand(terminal),
    contactsCommand(terminal),
    blockedCommand(terminal),
    blockListsCommand(terminal),
    rulesCommand(terminal),
    auditCommand(terminal),
    usersCommand(terminal),
    tokensCommand(terminal),
    backupCommand(terminal),
    restoreCommand(terminal),
    doctorCommand(terminal),
    reportCommand(terminal),
    ...switchCommands(terminal),
  ])
  const program = new Command('answerphone')
    .description('A self-hosted answering machine for SIP lines')
    .version(version)
    .option('--data <DIR>', 'data directory (env ANSWERPHONE_DATA, default ./data)')
    .option('--config <FILE>', 'YAML file with the flags of `serve` as keys (env ANSWERPHONE_CONFIG)')
    .showSuggestionAfterError()
    .addCommand(serveCommand(terminal))
    .addCommand(callCommand())
    .addCommand(messagesCommand(terminal))
    .addCommand(callsCommand(terminal))
    .addCommand(applyCommand(terminal))
    .addCommand(linesCommand(terminal))
    .addCommand(houseCommand(terminal))
    .addCommand(mailboxesCommand(terminal))
    .addCommand(mailCommand(terminal))
    .addCommand(webhooksCommand(terminal))
    .addCommand(transcriptionCommand(terminal))
    .addCommand(modelsCommand(terminal))
    .addCommand(ntfyCommand(terminal))
    .addCommand(quietCommand(terminal))
    .addCommand(mqttCommand(terminal))
    .addCommand(storageCommand(terminal))
    .addCommand(greetingsCommand(terminal))
    .addCommand(phonesCommand(terminal))
    .addCommand(contactsCommand(terminal))
    .addCommand(callersCommand(terminal))
    .addCommand(blockedCommand(terminal))
    .addCommand(blockListsCommand(terminal))
    .addCommand(rulesCommand(terminal))
    .addCommand(auditCommand(terminal))
    .addCommand(usersCommand(terminal))
    .addCommand(tokensCommand(terminal))
    .addCommand(backupCommand(terminal))
    .addCommand(restoreCommand(terminal))
    .addCommand(doctorCommand(terminal))
    .addCommand(reportCommand(terminal))
    .hook('preAction', () => {
      const { data, config } = program.opts<{ data?: string; config?: string }>()
      program.setOptionValue('data', readConfig({ data, config }, terminal.env).data)
    })
  for (const command of switchCommands(terminal)) program.addCommand(command)
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
