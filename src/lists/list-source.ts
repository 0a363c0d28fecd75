import type { HookReach } from '../notify/http/reach.ts'
import type { ListKind, ListMarker } from '../store/number-list.ts'
import type { Fetch } from './fetch-document.ts'
import type { NumberSet } from './number-set.ts'

/** Where the numbers of a list come from. */
export interface ListSource {
  readonly kind: ListKind
  /**
   * Reads the list, as far as it is another one than before. Rejects with AP_LIST_*: then nothing is known, and what was
   * read before stays.
   */
  read(order: ListOrder, tools: SourceTools): Promise<ListReading>
}

/** Which list is wanted, and what is known of it already. */
export interface ListOrder {
  /** Of the numbers that are written without theirs. */
  readonly country: string | null
  /** What the file holds; of a list that is fetched ''. */
  readonly text: string
  /** Of a list that is fetched. */
  readonly url: string
  readonly token: string | null
  /** So many have to complain of a number, at services where people do. */
  readonly minVotes: number
  /** As it was read before; null: never. */
  readonly before: { readonly numbers: NumberSet; readonly marker: ListMarker } | null
}

export interface ListReading {
  /** Null: they are the same as before. */
  readonly numbers: NumberSet | null
  /** How many entries were no numbers. */
  readonly skipped: number
  readonly marker: ListMarker
}

export interface SourceTools {
  readonly fetch: Fetch
  readonly reach: HookReach
  readonly now: number
}
