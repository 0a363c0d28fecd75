import type { Health } from '../../machine/machine.ts'
import type { Account, Greeting, Line, Registration, Token, User } from '../../store/model.ts'
import type {
  Greeting as GreetingView,
  Health as HealthView,
  LineAccount,
  Line as LineView,
  Registration as RegistrationView,
  Token as TokenView,
  User as UserView,
} from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'
import type { Names } from './names.ts'

/** What is set up on the machine, as the API shows it. */

/** A line as the API shows it: without the password of its account. */
export function showLine(
  { mailboxId, trunk, account, callOut, ...line }: Line,
  names: Names,
  registrations: readonly Registration[],
): LineView {
  const registration = account && registrations.find(({ lineId }) => lineId === line.id)
  return {
    ...line,
    trunk: [...trunk],
    mailbox: names.mailbox(mailboxId),
    account: account && withoutPassword(account),
    callOut: callOut && { ...callOut, phones: callOut.phones && [...callOut.phones] },
    registration: registration ? showRegistration(registration) : null,
  }
}

function withoutPassword({ password: _, ...shown }: Account): LineAccount {
  return shown
}

function showRegistration({ state, since, server, publicAddress, problem }: Registration): RegistrationView {
  return { state, since: iso(since), server, publicAddress, problem }
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
