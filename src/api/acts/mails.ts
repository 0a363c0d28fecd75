import { AnswerphoneError } from '../../shared/errors.ts'
import type { Mail } from '../../store/model.ts'
import type { MailListQuery, MailPage } from '../contract.ts'
import { showMail } from '../views/mail.ts'
import { defined } from './defined.ts'
import type { MailTools } from './mail-account.ts'

/** One page of what was mailed or waits for it, as the API and the command line list it. */
export async function findMails(
  { store }: Pick<MailTools, 'store'>,
  { limit, state, message, cursor }: MailListQuery,
): Promise<MailPage> {
  const query = { limit, ...defined({ state, messageId: message, cursor }) }
  const { rows, nextCursor } = await store.mails.list(query)
  return { mails: rows.map(showMail), nextCursor }
}

/** Tries one now that waits or has failed. Rejects with AP_NOT_FOUND and AP_MAIL_OVER. */
export async function retryMail(
  { store, clock }: Pick<MailTools, 'store' | 'clock'>,
  id: string,
): Promise<Mail> {
  const mail = await store.mails.retry(id, clock.now())
  if (mail) return mail
  const known = await store.mails.get(id)
  throw known ? new AnswerphoneError('AP_MAIL_OVER', { id }) : notFound(id)
}

/** Takes one out of the list; what still waits is not sent. */
export async function removeMail({ store }: Pick<MailTools, 'store'>, id: string): Promise<void> {
  if (!(await store.mails.remove(id))) throw notFound(id)
}

const notFound = (id: string) => new AnswerphoneError('AP_NOT_FOUND', { kind: 'mail', id })
