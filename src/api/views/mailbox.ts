import { greetingAt } from '../../mailbox/schedule/greeting-at.ts'
import { nextGreeting } from '../../mailbox/schedule/next-greeting.ts'
import type { Clock } from '../../shared/clock.ts'
import { machineTimeZone } from '../../shared/local-time.ts'
import { type Fill, percentOf, readFills } from '../../store/fills.ts'
import type { Mailbox, MessageState, Quota } from '../../store/model.ts'
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
  /** How much of its quota each has used that has one. */
  readonly fills: readonly Fill[]
  readonly greetingIds: ReadonlySet<string>
  readonly at: number
}

export async function readMailboxFacts(
  store: Pick<Store, 'messages' | 'greetings' | 'mailboxes'>,
  clock: Pick<Clock, 'now'>,
): Promise<MailboxFacts> {
  const [counts, greetings, fills] = await Promise.all([
    store.messages.counts(),
    store.greetings.list(),
    readFills(store),
  ])
  return { counts, fills, greetingIds: new Set(greetings.map(({ id }) => id)), at: clock.now() }
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
    ...showQuota(mailbox, facts.fills),
    hasPin: mailbox.pinHash !== null,
    newMessages: countOf('new'),
    heardMessages: countOf('heard'),
  }
}

/** What it may keep, and how much of that it does. */
export function showQuota(
  { id, quotaMessages, quotaMinutes, whenFull }: Quota & Pick<Mailbox, 'id'>,
  fills: readonly Fill[],
) {
  const fill = fills.find(({ mailbox }) => mailbox.id === id)
  return { quotaMessages, quotaMinutes, whenFull, filledPercent: fill ? percentOf(fill.share) : null }
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
