import type { MailAccounts } from '../../notify/mail/account.ts'
import type { Mail } from '../../store/model.ts'
import type { MailSettings, Mail as MailView } from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'

/** The account as the API shows it: without its password. */
export async function showMailSettings({ read, isGiven }: MailAccounts): Promise<MailSettings> {
  const account = await read()
  if (!account) return { account: null, isGiven }
  const { password, ...shown } = account
  return { account: { ...shown, hasPassword: password !== null }, isGiven }
}

export function showMail({ recipient, problem, detail, ...mail }: Mail): MailView {
  return {
    ...mail,
    to: recipient,
    createdAt: iso(mail.createdAt),
    nextAt: isoOrNull(mail.nextAt),
    endedAt: isoOrNull(mail.endedAt),
    problem: problem === null ? null : { code: problem, detail },
  }
}
