import { rm } from 'node:fs/promises'
import { AnswerphoneError } from '../../shared/errors.ts'
import { keep, readKept } from '../../shared/kept.ts'
import type { MailFormat } from '../../store/model.ts'

/** The account at a mail server by which mail is sent, and how mails look. */
export interface MailAccount {
  readonly host: string
  readonly port: number
  readonly security: MailSecurity
  /** Null: the server takes mail from us without a login. */
  readonly user: string | null
  readonly password: string | null
  /** The address that mails come from. */
  readonly from: string
  /** Whom to tell when a line is lost, or a PIN is guessed at; missing or empty: `from`. */
  readonly alertTo?: readonly string[]
  /** Where recipients find the page; null: mails have no link. */
  readonly pageUrl: string | null
  readonly language: 'en' | 'de'
  /** What recordings are attached as, unless it is said otherwise. */
  readonly format: MailFormat
}

/** Who is told when something is wrong. */
export const alertedOf = ({ alertTo, from }: MailAccount): readonly string[] =>
  alertTo?.length ? alertTo : [from]

/** Where a mail server is asked when it is not said otherwise. */
export const MAIL_PORTS: Readonly<Record<MailSecurity, number>> = { starttls: 587, tls: 465, none: 25 }

/** `tls`: from the first byte; `starttls`: before anything is said, or not at all; `none`: in the clear. */
export type MailSecurity = 'starttls' | 'tls' | 'none'

/** Where the account is kept: with its password, so that none of it is ever there without the rest. */
export interface MailAccounts {
  /** It came with the environment: nobody changes it here. */
  readonly isGiven: boolean
  /** Undefined before it is set up. */
  read(): Promise<MailAccount | undefined>
  write(account: MailAccount): Promise<void>
  remove(): Promise<void>
}

/** The account in a file that only we can read. It is read each time: another process may have changed it. */
export function mailAccountIn(path: string): MailAccounts {
  return {
    isGiven: false,
    read: () => readKept<MailAccount>(path),
    write: (account) => keep(path, account),
    remove: () => rm(path, { force: true }),
  }
}

/** An account from outside, in the place of what may be kept: that rests until this one is gone. */
export function givenMailAccount(account: MailAccount): MailAccounts {
  const refuse = async () => {
    throw new AnswerphoneError('AP_MAIL_GIVEN')
  }
  return { isGiven: true, read: async () => account, write: refuse, remove: refuse }
}

/** Whether anybody on the way could read the password. */
export const baresPassword = ({ security, password, host }: MailAccount): boolean =>
  security === 'none' && password !== null && !/^(localhost|127\.[\d.]+|::1)$/.test(host)
