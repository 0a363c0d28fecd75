import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Command } from 'commander'
import { AnswerphoneError } from '../shared/errors.ts'
import { createPasswords } from '../shared/passwords.ts'
import { systemReason } from '../shared/system-reason.ts'
import { prepare } from './apply/apply-wanted.ts'
import { readHouse } from './apply/house.ts'
import { readYaml } from './apply/read-file.ts'
import { readWanted } from './apply/read-wanted.ts'
import { nameOf, sayChange } from './apply/words.ts'
import { writeHouse } from './apply/write-house.ts'
import { type Data, withData } from './data.ts'
import type { Terminal } from './terminal.ts'

interface Flags {
  readonly dryRun?: boolean
  readonly prune?: boolean
  readonly print?: boolean
}

/** `answerphone apply`: what is set up, declared in a file. */
export function applyCommand(terminal: Terminal): Command {
  return new Command('apply')
    .description(
      'set up what a YAML file declares: house, mailboxes, lines, phones, contacts, rules, targets',
    )
    .argument('[file]', 'YAML; - for the standard input')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--prune', 'remove what the sections of the file do not name; never what holds messages')
    .option('--print', 'write what is set up now as such a file, without secrets')
    .action((file: string | undefined, flags: Flags, command: Command) => {
      if ((file === undefined) !== Boolean(flags.print))
        throw new AnswerphoneError('AP_INPUT_INVALID', { what: 'Give either a file to apply, or --print.' })
      if (file === undefined)
        return withData(command, async ({ store }) =>
          terminal.print(await writeHouse(await readHouse(store))),
        )
      return withData(command, (data) => applyFile(data, file, flags, terminal), { create: !flags.dryRun })
    })
}

async function applyFile(
  data: Data,
  file: string,
  { dryRun, prune }: Flags,
  terminal: Terminal,
): Promise<void> {
  const { contents, complain, refuseIfWrong } = await readYaml(await readText(file, terminal), file)
  const folder = file === '-' ? '.' : dirname(file)
  const wanted = readWanted(contents, { env: terminal.env, folder }, complain)
  const tools = { ...data, passwords: createPasswords(data.random) }
  const { changes, stay, apply } = await prepare(tools, wanted, prune === true, complain)
  refuseIfWrong()
  for (const change of changes) terminal.print(`${sayChange(change)}\n`)
  for (const { name, why } of stay) terminal.print(`  ${nameOf('mailboxes', name)} stays: ${why}\n`)
  if (changes.length === 0) return terminal.print('Nothing to do.\n')
  if (dryRun) return terminal.print('Nothing was changed: this was a dry run.\n')
  for (const { entry, secret } of await apply())
    terminal.print(
      `The ${entry.kind === 'phones' ? 'password' : 'secret'} of ${nameOf(entry.kind, entry.name)}, shown this once: ${secret}\n`,
    )
}

async function readText(file: string, terminal: Terminal): Promise<string> {
  if (file === '-') return terminal.readInput()
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why: systemReason(error) }, { cause: error })
  })
}
