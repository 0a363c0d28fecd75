import { AnswerphoneError } from '../../shared/errors.ts'
import type { Mailbox } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { MailboxChange, MailboxInput } from '../contract.ts'
import { defined } from './defined.ts'

/** What the API and the command line do to mailboxes, alike. */

type Mailboxes = Pick<Store, 'mailboxes' | 'greetings'>

const DEFAULTS = { longestSeconds: 180, shortestSeconds: 1, silenceSeconds: 0, afterPickUp: 'keep' } as const

export async function addMailbox(store: Mailboxes, input: MailboxInput): Promise<Mailbox> {
  const { greeting, ...rest } = input
  const greetingId = (await greetingIdOf(store, greeting)) ?? null
  return store.mailboxes.add({ ...DEFAULTS, ...defined(rest), name: input.name, greetingId })
}

export async function changeMailbox(store: Mailboxes, key: string, change: MailboxChange): Promise<Mailbox> {
  const { greeting, ...rest } = change
  const greetingId = await greetingIdOf(store, greeting)
  return store.mailboxes.set(key, { ...defined(rest), ...defined({ greetingId }) })
}

export async function needMailbox(store: Pick<Store, 'mailboxes'>, key: string): Promise<Mailbox> {
  const mailbox = await store.mailboxes.get(key)
  if (!mailbox) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'mailbox', id: key })
  return mailbox
}

async function greetingIdOf(
  store: Mailboxes,
  key: string | null | undefined,
): Promise<string | null | undefined> {
  if (key === null || key === undefined) return key
  const greeting = await store.greetings.get(key)
  if (!greeting) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'greeting', id: key })
  return greeting.id
}
