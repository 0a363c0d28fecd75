import type { CallFacts } from '../rules/call-facts.ts'
import type { CallerFacts } from '../rules/caller-facts.ts'
import { type Decision, decide } from '../rules/decide.ts'
import { holidayOn } from '../rules/holidays/holiday-on.ts'
import { isInternal } from '../rules/is-internal.ts'
import type { Rule } from '../rules/rule.ts'
import { localTime } from '../shared/local-time.ts'
import type { Log } from '../shared/log.ts'
import { newestRead } from '../shared/newest-read.ts'
import type { Line, Mailbox, MessageState } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import type { BlockList } from './block-list.ts'
import type { ContactBook } from './contact-book.ts'
import type { ListBook } from './list-book.ts'
import { openRecentCalls } from './recent-calls.ts'

/** A call to be decided: one that arrives, or one that somebody wonders about. */
export interface ArrivingCall {
  readonly caller: CallerFacts
  readonly line: Pick<Line, 'id' | 'country' | 'areaCode' | 'internalDigits'>
  readonly mailbox: Pick<Mailbox, 'id' | 'timeZone'>
  readonly at: number
  /** So often has this caller called just before; as is known unless given. */
  readonly earlier?: number
}

/** The owner's rules and all that they ask, in memory: a call is decided at once, whatever the database does. */
export interface RuleBook {
  readonly rules: readonly Rule[]
  factsOf(call: ArrivingCall): CallFacts
  /** Decides a call that has arrived, and remembers it: for rules that ask how often somebody calls. */
  decide(call: ArrivingCall): Decision
  /** The ids of the block lists that have this number. */
  listsOf(number: string): readonly string[]
  /** How many messages of this state the mailbox has. */
  messagesIn(mailboxId: string, state: MessageState): number
  /** The name of this phone; undefined: it is gone. */
  phoneNamed(id: string): string | undefined
  /** Reads all that rules ask anew; what is known follows changes by itself, a moment later. */
  reload(): Promise<void>
  close(): void
}

/** Rejects with AP_STORE_* when the store can't be read. */
export async function openRuleBook(options: {
  readonly store: Pick<Store, 'rules' | 'phones' | 'messages' | 'calls' | 'onChange'>
  readonly contacts: Pick<ContactBook, 'contactOf' | 'isFavourite'>
  readonly blocked: Pick<BlockList, 'has'>
  readonly lists: Pick<ListBook, 'listsOf' | 'reload'>
  readonly now: number
  readonly log: Log
}): Promise<RuleBook> {
  const { store, contacts, blocked, lists, log } = options
  let rules: readonly Rule[] = []
  let phones = new Map<string, string>()
  let counts: Awaited<ReturnType<Store['messages']['counts']>> = []
  const recent = await openRecentCalls(store, options.now)

  const readers: Readonly<Record<string, () => Promise<unknown>>> = {
    rules: newestRead(
      () => store.rules.list(),
      (read) => {
        rules = read
      },
    ),
    phones: newestRead(
      () => store.phones.list(),
      (read) => {
        phones = new Map(read.map(({ id, name }) => [id, name]))
      },
    ),
    messages: newestRead(
      () => store.messages.counts(),
      (read) => {
        counts = read
      },
    ),
  }
  const read = (tables: readonly string[]) => Promise.all(tables.map((table) => readers[table]?.()))
  const close = store.onChange((tables) => {
    const asked = Object.keys(readers).filter((table) => tables.size === 0 || tables.has(table))
    read(asked).catch((error) =>
      log.error({ err: error }, 'the rules can not be read; the last known ones stay'),
    )
  })
  await read(Object.keys(readers))

  const book: RuleBook = {
    get rules() {
      return rules
    },
    factsOf({ caller, line, mailbox, at, earlier }) {
      const time = localTime(at, mailbox.timeZone)
      const contact = contacts.contactOf(caller.number, caller.e164)
      return {
        caller,
        lineId: line.id,
        numbering: line,
        contact: contact && { id: contact.id, favourite: contacts.isFavourite(contact.id) },
        blocked: blocked.has(caller.number, caller.e164),
        internal: isInternal(caller.number, line.internalDigits),
        time,
        calls: (minutes) => 1 + (earlier ?? recent.count(caller, minutes, at)),
        listedOn: () => lists.listsOf(caller.number, caller.e164),
        messages: (state) => book.messagesIn(mailbox.id, state),
        holiday: (region) => holidayOn(region, time.date),
      }
    },
    decide(call) {
      const decision = decide(rules, book.factsOf(call))
      recent.note(call.caller, call.at)
      return decision
    },
    listsOf: (number) => lists.listsOf(number, null),
    messagesIn: (mailboxId, state) =>
      counts.find((row) => row.mailboxId === mailboxId && row.state === state)?.count ?? 0,
    phoneNamed: (id) => phones.get(id),
    async reload() {
      await Promise.all([read(Object.keys(readers)), lists.reload()])
    },
    close,
  }
  return book
}
