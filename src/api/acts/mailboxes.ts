import { AnswerphoneError } from '../../shared/errors.ts'
import type { Passwords } from '../../shared/passwords.ts'
import type { Mailbox } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { MailboxChange, MailboxInput } from '../contract.ts'
import { defined } from './defined.ts'
import { keepSchedule } from './schedule.ts'

/** What the API and the command line do to mailboxes, alike. */

type Mailboxes = Pick<Store, 'mailboxes' | 'greetings'>

const DEFAULTS = { longestSeconds: 180, shortestSeconds: 1, silenceSeconds: 0, afterPickUp: 'keep' } as const

export async function addMailbox(store: Mailboxes, input: MailboxInput): Promise<Mailbox> {
  const { greeting, schedule, ...rest } = input
  const greetingId = (await greetingIdOf(store, greeting)) ?? null
  return store.mailboxes.add({
    ...DEFAULTS,
    ...defined(rest),
    name: input.name,
    greetingId,
    schedule: await keepSchedule(schedule ?? [], undefined, (name) => needGreetingId(store, name)),
  })
}

export async function changeMailbox(
  { store, passwords }: { readonly store: Mailboxes; readonly passwords: Pick<Passwords, 'hash'> },
  key: string,
  change: MailboxChange,
): Promise<Mailbox> {
  const { greeting, schedule: entries, pin, ...rest } = change
  const greetingId = await greetingIdOf(store, greeting)
  const schedule =
    entries &&
    (await keepSchedule(entries, await needMailbox(store, key), (name) => needGreetingId(store, name)))
  const pinHash = pin ? await passwords.hash(pin) : pin
  return store.mailboxes.set(key, { ...defined(rest), ...defined({ greetingId, schedule, pinHash }) })
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
  return key === null || key === undefined ? key : needGreetingId(store, key)
}

async function needGreetingId({ greetings }: Mailboxes, key: string): Promise<string> {
  const greeting = await greetings.get(key)
  if (!greeting) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'greeting', id: key })
  return greeting.id
}
