import type { Health } from '../../machine/machine.ts'
import type {
  Account,
  Greeting,
  Line,
  Mailbox,
  MessageState,
  Registration,
  Token,
  User,
} from '../../store/model.ts'
import type {
  Greeting as GreetingView,
  Health as HealthView,
  LineAccount,
  Line as LineView,
  Mailbox as MailboxView,
  Registration as RegistrationView,
  Token as TokenView,
  User as UserView,
} from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'
import type { Names } from './names.ts'

/** What is set up on the machine, as the API shows it. */

/** A line as the API shows it: without the password of its account. */
export function showLine(
  { mailboxId, trunk, account, ...line }: Line,
  names: Names,
  registrations: readonly Registration[],
): LineView {
  const registration = account && registrations.find(({ lineId }) => lineId === line.id)
  return {
    ...line,
    trunk: [...trunk],
    mailbox: names.mailbox(mailboxId),
    account: account && withoutPassword(account),
    registration: registration ? showRegistration(registration) : null,
  }
}

function withoutPassword({ password: _, ...shown }: Account): LineAccount {
  return shown
}

function showRegistration({ state, since, server, problem }: Registration): RegistrationView {
  return { state, since: iso(since), server, problem }
}

export type Counts = readonly {
  readonly mailboxId: string
  readonly state: MessageState
  readonly count: number
}[]

export function showMailbox(mailbox: Mailbox, counts: Counts): MailboxView {
  const countOf = (state: MessageState) =>
    counts.find((row) => row.mailboxId === mailbox.id && row.state === state)?.count ?? 0
  return {
    id: mailbox.id,
    name: mailbox.name,
    greeting: mailbox.greetingId,
    longestSeconds: mailbox.longestSeconds,
    shortestSeconds: mailbox.shortestSeconds,
    silenceSeconds: mailbox.silenceSeconds,
    afterPickUp: mailbox.afterPickUp,
    mailTo: [...mailbox.mailTo],
    newMessages: countOf('new'),
    heardMessages: countOf('heard'),
  }
}

export function showGreeting({ id, name, durationMs, createdAt }: Greeting): GreetingView {
  return { id, name, durationMs, createdAt: iso(createdAt) }
}

export function showUser({ id, name, role, createdAt }: User): UserView {
  return { id, name, role, createdAt: iso(createdAt) }
}

export function showToken({ id, name, createdAt, lastUsedAt }: Token): TokenView {
  return { id, name, createdAt: iso(createdAt), lastUsedAt: isoOrNull(lastUsedAt) }
}

export function showHealth({ problems, draining }: Health): HealthView {
  return { ready: problems.length === 0 && !draining, draining, problems: [...problems] }
}
