import type { Clock } from '../../shared/clock.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Mail, MailFormat, Message } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { MailAccounts } from './account.ts'

export interface QueueTools {
  readonly store: Pick<Store, 'mails'>
  readonly clock: Pick<Clock, 'now'>
  readonly makeId: MakeId
}

/** Puts a message, or news, into the outbox, once for each recipient: none learns of the others, and each comes or fails by itself. */
export async function queueMails(
  { store, clock, makeId }: QueueTools,
  mail: Pick<Mail, 'messageId' | 'format' | 'note' | 'by'> &
    Partial<Pick<Mail, 'lineNews' | 'lockNews' | 'fillNews'>>,
  recipients: readonly string[],
  waitMs = 0,
): Promise<readonly Mail[]> {
  const now = clock.now()
  const mails = recipients.map(
    (recipient): Mail => ({
      lineNews: null,
      lockNews: null,
      fillNews: null,
      ...mail,
      id: makeId(),
      recipient,
      state: 'waiting',
      createdAt: now,
      tries: 0,
      nextAt: now + waitMs,
      endedAt: null,
      problem: null,
      detail: '',
    }),
  )
  await store.mails.add(mails)
  return mails
}

/** A mailbox that mails its messages does so with this one, unless it is junk. */
export async function mailNewMessage(
  message: Pick<Message, 'id' | 'mailboxId' | 'state'>,
  tools: QueueTools & {
    readonly store: Pick<Store, 'mails' | 'mailboxes'>
    readonly accounts: Pick<MailAccounts, 'read'>
    /** For so long it waits for what was said in the message; what brings that has it go (`MailStore.hurry`). */
    readonly waitMs?: number
  },
): Promise<void> {
  if (message.state === 'junk') return
  const mailbox = await tools.store.mailboxes.get(message.mailboxId)
  if (!mailbox || mailbox.mailTo.length === 0) return
  const format = (await tools.accounts.read())?.format ?? DEFAULT_FORMAT
  const mail = { messageId: message.id, format, note: '', by: 'machine' }
  await queueMails(tools, mail, mailbox.mailTo, tools.waitMs)
}

/** Every mail program plays it, and it is a seventh of a WAV file. */
export const DEFAULT_FORMAT: MailFormat = 'mp3'
