import type { MailAccounts } from '../../notify/mail/account.ts'
import type { Mail } from '../../store/model.ts'
import type { MailSettings, Mail as MailView } from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'

/** The account as the API shows it: without its password. */
export async function showMailSettings({ read, isGiven }: MailAccounts): Promise<MailSettings> {
  const account = await read()
  if (!account) return { account: null, isGiven }
  const { password, alertTo = [], ...shown } = account
  return { account: { ...shown, alertTo: [...alertTo], hasPassword: password !== null }, isGiven }
}

export function showMail({
  recipient,
  problem,
  detail,
  lineNews,
  lockNews,
  fillNews,
  ...mail
}: Mail): MailView {
  return {
    ...mail,
    lineNews: lineNews && { state: lineNews.state, line: lineNews.line, since: iso(lineNews.since) },
    lockNews: lockNews && { ...lockNews, until: iso(lockNews.until) },
    fillNews: fillNews && { ...fillNews },
    to: recipient,
    createdAt: iso(mail.createdAt),
    nextAt: isoOrNull(mail.nextAt),
    endedAt: isoOrNull(mail.endedAt),
    problem: problem === null ? null : { code: problem, detail },
  }
}
