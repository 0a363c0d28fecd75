import type { Health } from '../../machine/machine.ts'
import type { Greeting, Line, Mailbox, MessageState, Token, User } from '../../store/model.ts'
import type {
  Greeting as GreetingView,
  Health as HealthView,
  Line as LineView,
  Mailbox as MailboxView,
  Token as TokenView,
  User as UserView,
} from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'
import type { Names } from './names.ts'

/** What is set up on the machine, as the API shows it. */

export function showLine({ mailboxId, trunk, ...line }: Line, names: Names): LineView {
  return { ...line, trunk: [...trunk], mailbox: names.mailbox(mailboxId) }
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
