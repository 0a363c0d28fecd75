import { baresPassword, MAIL_PORTS, type MailAccount, type MailAccounts } from '../../notify/mail/account.ts'
import { composeTest } from '../../notify/mail/compose.ts'
import { DEFAULT_FORMAT } from '../../notify/mail/mail-new-message.ts'
import type { SendMail } from '../../notify/mail/send-mail.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Store } from '../../store/store.ts'
import type { MailSettingsChange, MailTestResult } from '../contract.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'
import { noteChange } from './note-change.ts'

/** What the API and the command line do to the mail account, alike. */
export interface MailTools {
  readonly store: Pick<Store, 'mails'>
  readonly mail: { readonly accounts: MailAccounts; readonly send: SendMail }
  readonly clock: Clock
  readonly makeId: MakeId
}

/** Whoever asks for a test mail waits for it. */
const TEST_PATIENCE_MS = 60_000

/** Changes the account, or makes it; mails that wait are tried with it now. Rejects with AP_INPUT_INVALID. */
export async function changeMailAccount(
  tools: MailTools & AuditTools,
  change: MailSettingsChange,
): Promise<MailAccount> {
  const { store, mail, clock } = tools
  if (mail.accounts.isGiven) throw new AnswerphoneError('AP_MAIL_GIVEN')
  const before = await mail.accounts.read()
  const { host = before?.host, from = before?.from } = change
  if (host === undefined || from === undefined)
    throw invalid(`Give the ${host === undefined ? 'mail server (host)' : "sender's address (from)"}, too.`)
  // The password is for the server that it was given for, and no other.
  if (before?.password && host !== before.host && change.password === undefined && change.user !== null)
    throw invalid(`Give the password again: the one that is kept was for ${before.host}.`)
  const { security = before?.security ?? 'starttls' } = change
  const keepsPort = change.security === undefined || change.security === before?.security
  const merged: MailAccount = {
    port: MAIL_PORTS[security],
    user: null,
    password: null,
    pageUrl: null,
    language: 'en',
    format: DEFAULT_FORMAT,
    ...before,
    ...(keepsPort ? {} : { port: MAIL_PORTS[security] }),
    ...defined(change),
    host,
    from,
    security,
  }
  const account = merged.user === null ? { ...merged, password: null } : merged
  if (baresPassword(account))
    throw invalid('Without TLS anybody on the way could read the password. Take starttls or tls.')
  await mail.accounts.write(account)
  if (before) await noteChange(tools, 'settings-changed', 'mail', { before, after: account })
  else await note(tools, 'settings-changed', { detail: 'mail: added' })
  await store.mails.hurry(clock.now())
  return account
}

/** Forgets the account; what waits goes on waiting. Rejects with AP_MAIL_GIVEN. */
export async function forgetMailAccount(tools: AuditTools & Pick<MailTools, 'mail'>): Promise<void> {
  const { accounts } = tools.mail
  const before = await accounts.read()
  await accounts.remove()
  if (before) await note(tools, 'settings-changed', { detail: 'mail: removed' })
}

/** Sends a mail now, so that whoever set it up sees that it works, or why not. Rejects with AP_MAIL_*. */
export async function sendTestMail({ mail, clock, makeId }: MailTools, to: string): Promise<MailTestResult> {
  const account = await mail.accounts.read()
  if (!account) throw new AnswerphoneError('AP_MAIL_NOT_SET_UP')
  const patience = new AbortController()
  using _deadline = clock.setTimer(TEST_PATIENCE_MS, () => patience.abort())
  return { answer: await mail.send(account, { id: makeId(), to, ...composeTest(account) }, patience.signal) }
}

const invalid = (what: string) => new AnswerphoneError('AP_INPUT_INVALID', { what })
