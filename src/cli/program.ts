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
import { voiceCommand } from './voice.ts'
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
    voiceCommand(terminal),
    phonesCommand(terminal),
    contactsCommand(terminal),
    callersCommand(terminal),
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
}
