import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { notePlayed } from '../api/acts/audit.ts'
import { type AudioFormat, audioFormat } from '../api/contract.ts'
import { showMessage } from '../api/views/message.ts'
import { readNames } from '../api/views/names.ts'
import { writeExport } from '../exchange/write-export.ts'
import { writeMbox } from '../exchange/write-mbox.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { withData } from './data.ts'
import { addMessageFilter, listMessages, type MessageFilterFlags } from './list-messages.ts'
import { readContacts } from './read-contacts.ts'
import type { Terminal } from './terminal.ts'
import { refuseFile } from './write-audio.ts'

interface ExportFlags extends MessageFilterFlags {
  readonly folder?: string
  readonly mbox?: string
  readonly format: AudioFormat
}

/** `answerphone messages export …`: out of here, for whatever comes after. */
export function exportCommand(terminal: Terminal): Command {
  return addMessageFilter(new Command('export'))
    .description(
      'write messages into a folder, each as a recording and a JSON file, or as mails into an mbox file',
    )
    .option('--folder <FOLDER>', 'the folder; it is made where it is missing')
    .option('--mbox <FILE>', 'a new file for mail programs')
    .addOption(
      new Option('--format <FORMAT>', 'of the recordings').choices(audioFormat.options).default('wav'),
    )
    .action(({ folder, mbox, format, ...filter }: ExportFlags, command: Command) =>
      withData(command, async (data) => {
        const { store, mailboxes } = data
        if ((folder === undefined) === (mbox === undefined))
          throw new AnswerphoneError('AP_INPUT_INVALID', { what: 'Say either --folder or --mbox.' })
        const listed = await listMessages({ store, mailboxes }, filter)
        const messages = await Promise.all(listed.reverse().map(({ id }) => mailboxes.get(id)))
        const contactOf = await readContacts(store)
        const place = resolve(folder ?? mbox ?? '')
        try {
          if (mbox === undefined) {
            const names = await readNames(store)
            const show = (message: (typeof messages)[number]) => showMessage(message, names, contactOf)
            await writeExport(messages, { folder: place, format, show }, { store, mailboxes })
          } else {
            const nameOf = (number: string | null) => contactOf(number)?.name ?? null
            await writeMbox(messages, { file: place, format, language: 'en' }, { store, mailboxes, nameOf })
          }
        } catch (error) {
          if (error instanceof AnswerphoneError) throw error
          refuseFile(place, error as Error)
        }
        // Whoever has the recordings can hear them: the audit says so of each, as of one that is written alone.
        for (const { id } of messages) await notePlayed(data, id)
        terminal.print(`${messages.length} messages are in ${place}.\n`)
      }),
    )
}
