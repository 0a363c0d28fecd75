import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import { ConstraintViolation, type Database } from '../engine.ts'
import type { Mailbox, ScheduleEntry } from '../model.ts'
import type { Schema } from '../schema.ts'
import type { MailboxStore } from '../store.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

const UNLESS_TOLD = {
  mailTo: [],
  schedule: [],
  timeZone: null,
  quotaMessages: null,
  quotaMinutes: null,
  whenFull: 'take',
  keepNewDays: null,
  keepHeardDays: null,
  keepJunkDays: 30,
  keepTrashDays: 30,
  pinHash: null,
  machinesToJunk: true,
  language: 'en',
} as const

export function mailboxTable({ kysely, read, write }: Database, makeId: MakeId): MailboxStore {
  const select = kysely.selectFrom('mailboxes').selectAll()

  const get = async (key: string): Promise<Mailbox | undefined> => {
    const rows = await read(select.where((is) => is.or([is('id', '=', key), is('name', '=', key)])))
    const row = rows.find(({ id }) => id === key) ?? rows[0]
    return row && toMailbox(row)
  }
  const need = async (key: string): Promise<Mailbox> => {
    const mailbox = await get(key)
    if (!mailbox) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'mailbox', id: key })
    return mailbox
  }

  return {
    list: async () => (await read(select.orderBy('name'))).map(toMailbox),
    get,
    async add(mailbox) {
      const row = { ...UNLESS_TOLD, ...mailbox, id: makeId() }
      await refuseTakenName(
        'mailbox',
        row.name,
        write('mailboxes', kysely.insertInto('mailboxes').values(toRow(row))),
      )
      return row
    },
    async set(key, change) {
      const mailbox = { ...(await need(key)), ...change }
      const { id, ...columns } = toRow(mailbox)
      await refuseTakenName(
        'mailbox',
        mailbox.name,
        write('mailboxes', kysely.updateTable('mailboxes').set(columns).where('id', '=', id)),
      )
      return mailbox
    },
    async remove(key) {
      const { id, name } = await need(key)
      try {
        await write('mailboxes', kysely.deleteFrom('mailboxes').where('id', '=', id), 'essential')
      } catch (error) {
        if (!(error instanceof ConstraintViolation)) throw error
        throw new AnswerphoneError('AP_MAILBOX_IN_USE', { name }, { cause: error })
      }
    },
  }
}

const toRow = (mailbox: Mailbox): Schema['mailboxes'] => ({
  ...mailbox,
  mailTo: JSON.stringify(mailbox.mailTo),
  schedule: JSON.stringify(mailbox.schedule),
  machinesToJunk: mailbox.machinesToJunk ? 1 : 0,
})

function toMailbox(row: Schema['mailboxes']): Mailbox {
  return {
    ...row,
    mailTo: JSON.parse(row.mailTo) as string[],
    schedule: JSON.parse(row.schedule) as ScheduleEntry[],
    machinesToJunk: row.machinesToJunk === 1,
  }
}
