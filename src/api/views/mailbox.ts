import { greetingAt } from '../../mailbox/schedule/greeting-at.ts'
import { nextGreeting } from '../../mailbox/schedule/next-greeting.ts'
import type { Clock } from '../../shared/clock.ts'
import { machineTimeZone } from '../../shared/local-time.ts'
import type { Mailbox, MessageState } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { HeardGreeting, Mailbox as MailboxView, ScheduleEntry } from '../contract.ts'
import { isoOrNull } from './instant.ts'

/** What else there is to know of mailboxes now. */
export interface MailboxFacts {
  readonly counts: readonly {
    readonly mailboxId: string
    readonly state: MessageState
    readonly count: number
  }[]
  readonly greetingIds: ReadonlySet<string>
  readonly at: number
}

export async function readMailboxFacts(
  store: Pick<Store, 'messages' | 'greetings'>,
  clock: Pick<Clock, 'now'>,
): Promise<MailboxFacts> {
  const [counts, greetings] = await Promise.all([store.messages.counts(), store.greetings.list()])
  return { counts, greetingIds: new Set(greetings.map(({ id }) => id)), at: clock.now() }
}

export function showMailbox(mailbox: Mailbox, facts: MailboxFacts): MailboxView {
  const countOf = (state: MessageState) =>
    facts.counts.find((row) => row.mailboxId === mailbox.id && row.state === state)?.count ?? 0
  return {
    id: mailbox.id,
    name: mailbox.name,
    greeting: mailbox.greetingId,
    language: mailbox.language,
    longestSeconds: mailbox.longestSeconds,
    shortestSeconds: mailbox.shortestSeconds,
    silenceSeconds: mailbox.silenceSeconds,
    afterPickUp: mailbox.afterPickUp,
    machinesToJunk: mailbox.machinesToJunk,
    mailTo: [...mailbox.mailTo],
    schedule: showSchedule(mailbox, facts),
    timeZone: mailbox.timeZone,
    heard: showHeard(mailbox, facts),
    keepNewDays: mailbox.keepNewDays,
    keepHeardDays: mailbox.keepHeardDays,
    keepJunkDays: mailbox.keepJunkDays,
    keepTrashDays: mailbox.keepTrashDays,
    hasPin: mailbox.pinHash !== null,
    newMessages: countOf('new'),
    heardMessages: countOf('heard'),
  }
}

const showSchedule = ({ schedule }: Mailbox, { greetingIds }: MailboxFacts): ScheduleEntry[] =>
  schedule.map(({ greetingId: greeting, ...entry }) => {
    const gone = greeting !== null && !greetingIds.has(greeting)
    return entry.kind === 'week'
      ? { ...entry, days: [...entry.days], greeting, gone }
      : { ...entry, greeting, gone }
  })

function showHeard(mailbox: Mailbox, { greetingIds, at }: MailboxFacts): HeardGreeting {
  const isThere = (id: string) => greetingIds.has(id)
  const { greetingId: greeting, entry } = greetingAt(mailbox, isThere, at)
  const following = nextGreeting(mailbox, isThere, at)
  return {
    greeting,
    entry,
    until: isoOrNull(following?.at ?? null),
    next: following?.greetingId ?? null,
    timeZone: mailbox.timeZone ?? machineTimeZone(),
  }
}
