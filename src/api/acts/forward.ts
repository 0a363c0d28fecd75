import type { Mailboxes } from '../../mailbox/mailbox.ts'
import { queueMails } from '../../notify/mail/mail-new-message.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Mail, MailFormat, Message } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { type AuditTools, note } from './audit.ts'
import type { MailTools } from './mail-account.ts'
import { needMailbox } from './mailboxes.ts'

export type ForwardTools = AuditTools &
  MailTools & {
    readonly store: Pick<Store, 'audit' | 'mails' | 'mailboxes' | 'transcripts'>
    readonly mailboxes: Pick<Mailboxes, 'get' | 'audioFile' | 'copy'>
  }

/** Where a message goes, read already. */
export interface ForwardOrder {
  readonly to: readonly string[]
  readonly mailbox?: string | undefined
  readonly note: string
  readonly format?: MailFormat | undefined
}

const HOUR_MS = 3600_000
/** Nobody shall send mail in bulk by this machine, not even with the password of a member. */
const MOST_AN_HOUR = 60
/** As messages may have them. */
const LONGEST_NOTE = 2000

/**
 * Sends a message to mail addresses, puts a copy into another mailbox, or both. Nothing is done unless all can be. Rejects with
 * AP_NOT_FOUND, AP_INPUT_INVALID, AP_MAIL_NOT_SET_UP, AP_MAIL_LIMIT, AP_DISK_FULL or AP_RECORDING_*.
 */
export async function forwardMessage(
  tools: ForwardTools,
  id: string,
  order: ForwardOrder,
): Promise<{ readonly mails: readonly Mail[]; readonly copy: Message | null }> {
  const { store, mailboxes, makeId, who } = tools
  const message = await mailboxes.get(id)
  const box = order.mailbox === undefined ? undefined : await needMailbox(store, order.mailbox)
  if (box?.id === message.mailboxId)
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: `The message is in ${box.name} already.` })
  const recipients = distinct(order.to)
  const usual = recipients.length > 0 ? await requireMail(tools, recipients.length) : undefined
  // Whoever forwards what is not there hears of it now, not in a list of mails.
  await mailboxes.audioFile(id)

  const copy = box
    ? await mailboxes.copy(id, {
        ...{ id: makeId(), mailboxId: box.id, by: who },
        note: bothNotes(order.note.trim(), message.note),
      })
    : null
  if (copy) await store.transcripts.copy(id, copy.id)
  const format = order.format ?? usual ?? 'wav'
  const mails = await queueMails(
    tools,
    { messageId: id, format, note: order.note.trim(), by: who },
    recipients,
  )
  await note(tools, 'forwarded', {
    messageId: id,
    detail: [...recipients, ...(box ? [box.name] : [])].join(', '),
  })
  return { mails, copy }
}

/** Resolves to the usual format, where so many more mails may be sent. */
async function requireMail({ store, mail, clock, who }: ForwardTools, count: number): Promise<MailFormat> {
  const account = await mail.accounts.read()
  if (!account) throw new AnswerphoneError('AP_MAIL_NOT_SET_UP')
  if ((await store.mails.countSince(who, clock.now() - HOUR_MS)) + count > MOST_AN_HOUR)
    throw new AnswerphoneError('AP_MAIL_LIMIT', { most: MOST_AN_HOUR })
  return account.format
}

/** What is added goes before what was noted: the copy loses nothing of the original. */
const bothNotes = (added: string, noted: string) =>
  [added, noted]
    .filter((text) => text !== '')
    .join('\n\n')
    .slice(0, LONGEST_NOTE)

const distinct = (addresses: readonly string[]) => [
  ...new Map(addresses.map((address) => [address.toLowerCase(), address])).values(),
]
