import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import { type BlockList, openBlockList } from './block-list.ts'
import { type ContactBook, openContactBook } from './contact-book.ts'
import { type ListBook, openListBook } from './list-book.ts'
import { openRuleBook, type RuleBook } from './rule-book.ts'

/** What the owner has said of callers: whom he knows, whom he has blocked, and what becomes of whose calls. */
export interface CallerBooks {
  readonly blocked: BlockList
  readonly contacts: ContactBook
  readonly lists: ListBook
  readonly rules: RuleBook
  close(): void
}

/**
 * Rejects with AP_STORE_* when the store can't be read.
 *
 * @param onChange somebody may be known by another name from now on
 */
export async function openCallerBooks(options: {
  readonly store: Pick<
    Store,
    | 'blocked'
    | 'contacts'
    | 'rules'
    | 'numberLists'
    | 'phones'
    | 'messages'
    | 'calls'
    | 'settings'
    | 'lines'
    | 'onChange'
  >
  readonly clock: Clock
  readonly log: Log
  readonly onChange: () => void
}): Promise<CallerBooks> {
  const { store, clock, log } = options
  const blocked = await openBlockList(store, log)
  const contacts = await openContactBook(options)
  const lists = await openListBook(store, log)
  const rules = await openRuleBook({ store, contacts, blocked, lists, now: clock.now(), log })
  return {
    blocked,
    contacts,
    lists,
    rules,
    close() {
      for (const book of [blocked, contacts, lists, rules]) book.close()
    },
  }
}
