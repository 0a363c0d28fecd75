import type { Command } from 'commander'
import { frameProgram } from './frame-program.ts'
import type { Terminal } from './terminal.ts'

/**
 * The commands by name, in the order of the help; `serve` is in all of them. A command is loaded when it is asked for: each
 * brings some hundred files with it, and on a small machine it is they that one waits for.
 */
const COMMANDS: Readonly<Record<string, (terminal: Terminal) => Promise<Command>>> = {
  call: async () => (await import('./call.ts')).callCommand(),
  messages: async (terminal) => (await import('./messages.ts')).messagesCommand(terminal),
  calls: async (terminal) => (await import('./calls.ts')).callsCommand(terminal),
  apply: async (terminal) => (await import('./apply.ts')).applyCommand(terminal),
  lines: async (terminal) => (await import('./lines.ts')).linesCommand(terminal),
  house: async (terminal) => (await import('./house.ts')).houseCommand(terminal),
  mailboxes: async (terminal) => (await import('./mailboxes.ts')).mailboxesCommand(terminal),
  mail: async (terminal) => (await import('./mail.ts')).mailCommand(terminal),
  webhooks: async (terminal) => (await import('./webhooks.ts')).webhooksCommand(terminal),
  transcription: async (terminal) => (await import('./transcription.ts')).transcriptionCommand(terminal),
  models: async (terminal) => (await import('./models.ts')).modelsCommand(terminal),
  ntfy: async (terminal) => (await import('./ntfy.ts')).ntfyCommand(terminal),
  quiet: async (terminal) => (await import('./quiet.ts')).quietCommand(terminal),
  mqtt: async (terminal) => (await import('./mqtt.ts')).mqttCommand(terminal),
  storage: async (terminal) => (await import('./storage.ts')).storageCommand(terminal),
  greetings: async (terminal) => (await import('./greetings.ts')).greetingsCommand(terminal),
  voice: async (terminal) => (await import('./voice.ts')).voiceCommand(terminal),
  phones: async (terminal) => (await import('./phones.ts')).phonesCommand(terminal),
  contacts: async (terminal) => (await import('./contacts.ts')).contactsCommand(terminal),
  callers: async (terminal) => (await import('./callers.ts')).callersCommand(terminal),
  blocked: async (terminal) => (await import('./blocked.ts')).blockedCommand(terminal),
  'block-lists': async (terminal) => (await import('./block-lists.ts')).blockListsCommand(terminal),
  rules: async (terminal) => (await import('./rules.ts')).rulesCommand(terminal),
  audit: async (terminal) => (await import('./audit.ts')).auditCommand(terminal),
  users: async (terminal) => (await import('./users.ts')).usersCommand(terminal),
  tokens: async (terminal) => (await import('./tokens.ts')).tokensCommand(terminal),
  backup: async (terminal) => (await import('./backup.ts')).backupCommand(terminal),
  restore: async (terminal) => (await import('./backup.ts')).restoreCommand(terminal),
  doctor: async (terminal) => (await import('./doctor.ts')).doctorCommand(terminal),
  report: async (terminal) => (await import('./report.ts')).reportCommand(terminal),
  on: async (terminal) => (await import('./switches.ts')).switchCommands(terminal).on,
  off: async (terminal) => (await import('./switches.ts')).switchCommands(terminal).off,
  dnd: async (terminal) => (await import('./switches.ts')).switchCommands(terminal).dnd,
  switches: async (terminal) => (await import('./switches.ts')).switchCommands(terminal).switches,
}

/**
 * `answerphone …`. Parsing throws CommanderError instead of ending the process.
 *
 * @param asked the command that is asked for, as far as one can tell; with another word, or none, all of them are there
 */
export async function createProgram(terminal: Terminal, asked = ''): Promise<Command> {
  if (asked === 'serve') return frameProgram(terminal)
  const wanted = Object.entries(COMMANDS).filter(
    ([name]) => !Object.hasOwn(COMMANDS, asked) || name === asked,
  )
  return frameProgram(terminal, await Promise.all(wanted.map(([, load]) => load(terminal))))
}
