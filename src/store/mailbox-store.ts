import type { Mailbox } from './model.ts'

export interface MailboxStore {
  list(): Promise<readonly Mailbox[]>
  /** Unless it is told, it mails to nobody, speaks English, greets alike at all times, has no quota, and parts with junk, and with its trash, after 30 days. */
  add(mailbox: NewMailbox): Promise<Mailbox>
  get(key: string): Promise<Mailbox | undefined>
  set(key: string, change: Partial<Omit<Mailbox, 'id'>>): Promise<Mailbox>
  /** Rejects with AP_MAILBOX_IN_USE while a line or a message needs it. */
  remove(key: string): Promise<void>
}

type Unasked =
  | 'mailTo'
  | 'schedule'
  | 'timeZone'
  | 'quotaMessages'
  | 'quotaMinutes'
  | 'whenFull'
  | 'keepNewDays'
  | 'keepHeardDays'
  | 'keepJunkDays'
  | 'keepTrashDays'
  | 'pinHash'
  | 'machinesToJunk'
  | 'language'
export type NewMailbox = Omit<Mailbox, 'id' | Unasked> & Partial<Pick<Mailbox, Unasked>>
