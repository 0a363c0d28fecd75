import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { addContact, changeContact, removeContact } from '../api/acts/contacts.ts'
import { importContacts } from '../api/acts/import-contacts.ts'
import { numberedIn } from '../api/acts/numbered.ts'
import { type ContactImport, contactInput, contactListQuery, type VcardProblem } from '../api/contract.ts'
import { writeCards } from '../contacts/vcard/write-cards.ts'
import { needText } from '../shared/decode-text.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Contact } from '../store/model.ts'
import { checkInput } from './check-input.ts'
import { contactSourcesCommand } from './contact-sources.ts'
import { type Data, withData } from './data.ts'
import { type Column, clean, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'
import { refuseFile } from './write-audio.ts'

const COLUMNS: readonly Column<Contact>[] = [
  ['NAME', (contact) => `${contact.name}${contact.favourite ? ' ★' : ''}`],
  ['NUMBERS', (contact) => contact.numbers.join(', ')],
  ['NOTE', (contact) => contact.note.replace(/\s+/g, ' ')],
  ['ID', (contact) => contact.id],
]

interface ImportFlags {
  readonly json?: boolean
  readonly csv?: boolean
  readonly dryRun?: boolean
}

/** A file that is something else altogether has one in each line. */
const MOST_PROBLEMS = 20
const PROBLEMS: Readonly<Record<VcardProblem, (text: string) => string>> = {
  'not-vcard': (text) => `"${text}" is no line of a vCard`,
  'no-end': (text) => `the card ${text ? `of ${text} ` : ''}does not end`,
  version: (text) => `version ${text || 'unknown'} is not read; export as vCard 3.0 or 4.0`,
  'no-name': (text) => `the card${text ? ` with ${text}` : ''} has no name`,
  'not-csv': (text) => `the file is no CSV here: ${text}`,
  'no-columns': (text) => `no column is called Name or First Name, or none Phone or Number: ${text}`,
  'name-unusable': (text) => `"${text}" is too long for a name, or not of one line`,
  'number-unusable': (text) => `"${text}" is no number`,
  'number-taken': (text) => text,
  'too-many-numbers': (text) => `${text} is one number more than a contact may have`,
}

/** `answerphone contacts …`: whom the owner knows by name. */
export function contactsCommand(terminal: Terminal): Command {
  const contacts = new Command('contacts').description('callers that you know by name')

  contacts
    .command('list')
    .description('list the contacts')
    .option('--json', 'as JSON')
    .option('--q <TEXT>', 'only those with this in the name, the note or a number')
    .action(({ json, q }: { json?: boolean; q?: string }, command: Command) =>
      withData(command, async ({ store }) => {
        const rows = await store.contacts.list(checkInput(contactListQuery, { q }).q)
        printRows(rows, COLUMNS, { terminal, json, none: 'No contacts.' })
      }),
    )

  contacts
    .command('add')
    .description('add a contact')
    .argument('<name>')
    .argument('<numbers...>', 'like +49301234567, the most important first')
    .option('--note <TEXT>', 'what else there is to say')
    .option('--favourite', 'rules may treat it better than others')
    .action(
      (name: string, numbers: string[], flags: { note?: string; favourite?: boolean }, command: Command) =>
        withData(
          command,
          async (data) => {
            const input = checkInput(contactInput, { name, numbers, ...flags }, { numbers: 'number' })
            for (const number of input.numbers) await refuseWord(data, number)
            const contact = await addContact(data, input)
            terminal.print(`${contact.name} is there: ${contact.numbers.join(', ')}.\n`)
          },
          { create: true },
        ),
    )

  contacts
    .command('favourite')
    .description('say that a contact is a favourite, or with --off that it is none')
    .argument('<contact>', 'id, name or number')
    .option('--off', 'it is none any more')
    .action((key: string, { off }: { off?: boolean }, command: Command) =>
      withData(command, async (data) => {
        const { id } = await needContact(data, key)
        const { name, favourite } = await changeContact(data, id, { favourite: !off })
        terminal.print(`${name} is ${favourite ? 'a' : 'no'} favourite.\n`)
      }),
    )

  contacts
    .command('remove')
    .description('remove a contact; its calls and messages stay, under their number')
    .argument('<contact>', 'id, name or number')
    .action((key: string, _flags, command: Command) =>
      withData(command, async (data) => {
        const { id } = await needContact(data, key)
        terminal.print(`${(await removeContact(data, id)).name} is removed.\n`)
      }),
    )

  contacts
    .command('import')
    .description(
      'take in the contacts of a vCard file (.vcf) or CSV file (.csv); the same file twice changes nothing',
    )
    .argument(
      '<file>',
      'vCard 3.0 or 4.0, or CSV with a line of headings; - for vCards on the standard input',
    )
    .option('--csv', 'it is CSV, whatever it is called')
    .option('--dry-run', 'say what would come of it, and change nothing')
    .option('--json', 'what came of it, as JSON')
    .action((file: string, { json, csv, dryRun }: ImportFlags, command: Command) =>
      withData(
        command,
        async (data) => {
          const bytes =
            file === '-'
              ? Buffer.from(await terminal.readInput())
              : await readFile(file).catch((error: Error) => refuseFile(file, error))
          const kind = csv || /\.(csv|tsv|txt)$/i.test(file) ? 'csv' : 'vcard'
          const done = await importContacts(
            data,
            { kind, text: needText(bytes) },
            { dryRun: dryRun === true },
          )
          if (json) terminal.print(`${JSON.stringify(done, null, 2)}\n`)
          for (const { line, problem, text } of done.problems.slice(0, MOST_PROBLEMS))
            terminal.warn(`line ${line}: ${clean(PROBLEMS[problem](text))}\n`)
          const more = done.problems.length - MOST_PROBLEMS
          if (more > 0) terminal.warn(`… and ${more} more of such; --json has all\n`)
          if (done.added + done.changed + done.unchanged + done.withoutNumber === 0)
            throw new AnswerphoneError('AP_CONTACTS_NOTHING', { file })
          if (done.columns && done.columns.unknown.length > 0)
            terminal.warn(`nothing is taken in of the columns ${clean(done.columns.unknown.join(', '))}\n`)
          if (!json) terminal.print(tell(done))
        },
        { create: !dryRun },
      ),
    )

  contacts
    .command('export')
    .description('write all contacts to a vCard file (.vcf)')
    .requiredOption('--out <FILE>', 'the file to write; - for the standard output')
    .action(({ out }: { out: string }, command: Command) =>
      withData(command, async ({ store }) => {
        const cards = writeCards(await store.contacts.list())
        if (out === '-') terminal.print(cards)
        else await writeFile(out, cards, { mode: 0o600 }).catch((error: Error) => refuseFile(out, error))
      }),
    )

  return contacts.addCommand(contactSourcesCommand(terminal))
}

function tell({ added, changed, unchanged, withoutNumber, dryRun, people }: ContactImport): string {
  const left = withoutNumber === 0 ? '' : `, ${withoutNumber} without a number left out`
  const who = dryRun
    ? people.map(({ name, outcome }) => `${outcome === 'added' ? '+' : '~'} ${clean(name)}\n`)
    : []
  const end = dryRun ? 'Nothing was changed: this was a dry run.\n' : ''
  return `${who.join('')}${added} added, ${changed} with more numbers, ${unchanged} as before${left}.\n${end}`
}

/** A word may be the user of a SIP address, but only who has called has one that is known. Throws AP_INPUT_INVALID. */
async function refuseWord({ store }: Data, number: string): Promise<void> {
  if (/[\d@]/.test(number)) return
  const callers = await numberedIn(store, [number])
  if ((await store.calls.list({ callers, limit: 1 })).rows.length > 0) return
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: `number: "${number}" is no number, and nobody has called under that name. Write it like +49 30 1234567; the user of a SIP address is taken once it has called.`,
  })
}

/** The contact of this id, name or number. Throws AP_NOT_FOUND, and AP_INPUT_INVALID for the name of several. */
async function needContact({ store }: Data, key: string): Promise<Contact> {
  const all = await store.contacts.list()
  const [found, ...others] = all.filter(
    ({ id, name, numbers }) => id === key || name === key || numbers.includes(key),
  )
  if (!found) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'contact', id: key })
  if (others.length > 0)
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: `"${key}" are several: name one by its id.` })
  return found
}
