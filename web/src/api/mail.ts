import type {
  Forwarded,
  ForwardInput,
  Mail,
  MailPage,
  MailSettings,
  MailSettingsChange,
  MailTestResult,
} from '../../../src/api/contract.ts'
import { request } from './request.ts'

/** The account by which messages are mailed, and what is on its way. */
export const readMailSettings = () => request<MailSettings>('GET', '/mail')
export const changeMailSettings = (change: MailSettingsChange) =>
  request<MailSettings>('PATCH', '/mail', change)
export const forgetMailAccount = () => request<unknown>('DELETE', '/mail')
export const sendTestMail = (to: string) => request<MailTestResult>('POST', '/mail/test', { to })

export const listMails = () => request<MailPage>('GET', '/mails').then(({ mails }) => mails)
export const retryMail = (id: string) => request<Mail>('POST', `/mails/${encodeURIComponent(id)}/retry`)
export const removeMail = (id: string) => request<unknown>('DELETE', `/mails/${encodeURIComponent(id)}`)

export const forwardMessage = (id: string, order: ForwardInput) =>
  request<Forwarded>('POST', `/messages/${encodeURIComponent(id)}/forward`, order)
