import type { ForwardInput, Mail, MailAccount, MailSettings, Message } from '../../src/api/contract.ts'
import type { FakeMachine } from './fake-machine.ts'
import { type Answer, type Ask, done, refuse } from './fake-routes.ts'

/** The account and the outbox of a fake machine. */
export interface FakeMail {
  account: MailAccount | null
  mails: Mail[]
  /** What the mail server says to a test mail; null: it takes it. */
  refuses: { readonly code: string; readonly message: string } | null
}

const MINUTE = 60_000
let lastId = 0

/** As a household has it that forwards now and then. */
export function sampleMail(ago: (ms: number) => string): FakeMail {
  const mail = (id: string, change: Partial<Mail>): Mail => ({
    ...{
      id,
      messageId: 'm001',
      lineNews: null,
      lockNews: null,
      fillNews: null,
      to: 'ruth@example.org',
      format: 'mp3',
      note: '',
      by: 'user:Ada',
    },
    ...{ state: 'sent', createdAt: ago(40 * MINUTE), tries: 1, nextAt: null, endedAt: ago(40 * MINUTE) },
    problem: null,
    ...change,
  })
  return {
    account: {
      ...{ host: 'smtp.example.org', port: 587, security: 'starttls', user: 'ada@example.org' },
      ...{ hasPassword: true, from: 'ada@example.org', pageUrl: 'https://answerphone.example.org/' },
      ...{ alertTo: [], language: 'en', format: 'mp3' },
    },
    mails: [
      mail('e1', {
        ...{ to: 'max@example.org', state: 'waiting', tries: 2, nextAt: ago(-4 * MINUTE), endedAt: null },
        createdAt: ago(2 * MINUTE),
        problem: {
          code: 'AP_MAIL_DEFERRED',
          detail: '451 4.7.1 Greylisting in action, please come back later',
        },
      }),
      mail('e2', {
        ...{ to: 'jonas.webber@example.org', state: 'failed' },
        problem: { code: 'AP_MAIL_REFUSED', detail: '550 5.1.1 no such user here' },
      }),
      mail('e3', {}),
      mail('e4', { by: 'machine', createdAt: ago(200 * MINUTE), endedAt: ago(200 * MINUTE) }),
    ],
    refuses: null,
  }
}

/** Answers what is about mail; undefined when it is about something else. */
export function answerMail(machine: FakeMachine, ask: Ask, route: string): Answer | undefined {
  const { mail } = machine.settings
  const [, id = ''] = ask.path.slice(1).split('/').map(decodeURIComponent)
  switch (route) {
    case 'GET mail':
      return { status: 200, json: { account: mail.account, isGiven: false } satisfies MailSettings }
    case 'PATCH mail':
      return changeAccount(mail, ask)
    case 'DELETE mail':
      mail.account = null
      return done
    case 'POST mail/:id':
      return mail.refuses
        ? refuse(502, mail.refuses.code, mail.refuses.message)
        : { status: 200, json: { answer: '250 2.0.0 OK: queued' } }
    case 'GET mails':
      return { status: 200, json: { mails: mail.mails, nextCursor: null } }
    case 'POST mails/:id/retry':
      mail.mails = mail.mails.map((row) =>
        row.id === id ? { ...row, state: 'waiting', problem: null } : row,
      )
      return { status: 200, json: mail.mails.find((row) => row.id === id) }
    case 'DELETE mails/:id':
      mail.mails = mail.mails.filter((row) => row.id !== id)
      return done
    case 'POST messages/:id/forward':
      return forward(machine, id, ask.body as ForwardInput)
    default:
      return undefined
  }
}

function changeAccount(mail: FakeMail, { body }: Ask): Answer {
  const { password, ...rest } = body as Partial<MailAccount> & { readonly password?: string }
  if (mail.account && rest.host !== mail.account.host && password === undefined)
    return refuse(
      400,
      'AP_INPUT_INVALID',
      `Give the password again: the one that is kept was for ${mail.account.host}.`,
    )
  const hasPassword = password !== undefined || mail.account?.hasPassword === true
  mail.account = { ...(mail.account as MailAccount), ...rest, hasPassword }
  return { status: 200, json: { account: mail.account, isGiven: false } satisfies MailSettings }
}

function forward(
  machine: FakeMachine,
  id: string,
  { to = [], mailbox, note = '', format }: ForwardInput,
): Answer {
  const message = machine.messages.find((row) => row.id === id)
  const wrong = to.find((address) => !/^[^@\s]+@[^@\s]+\.\w+$/.test(address))
  if (!message) return refuse(404, 'AP_NOT_FOUND', 'There is no such message.')
  if (wrong !== undefined)
    return refuse(400, 'AP_INPUT_INVALID', `"${wrong}" is no mail address. Write it like ruth@example.org`)
  const createdAt = new Date().toISOString()
  const mails = to.map((address): Mail => {
    lastId += 1
    return {
      ...{
        id: `new-mail${lastId}`,
        messageId: id,
        lineNews: null,
        lockNews: null,
        fillNews: null,
        to: address,
        format: format ?? 'mp3',
        note,
        by: 'user:Ada',
      },
      ...{ state: 'waiting', createdAt, tries: 0, nextAt: createdAt, endedAt: null, problem: null },
    }
  })
  machine.settings.mail.mails = [...mails, ...machine.settings.mail.mails]
  const copy: Message | null =
    mailbox === undefined
      ? null
      : {
          ...message,
          id: `copy-${id}`,
          mailbox,
          note: [note, message.note].filter((text) => text !== '').join('\n\n'),
          state: 'new',
          forwardedBy: 'user:Ada',
        }
  if (copy) {
    machine.messages = [copy, ...machine.messages]
    machine.tell({ kind: 'messages-changed' })
  }
  return { status: 201, json: { mails, copy } }
}
