import type { HookReach } from '../../notify/http/reach.ts'
import type { ContactSource, FoundBook, SourcedCard } from '../../store/contact-source.ts'
import type { DavFailureCode } from './dav-failure.ts'

/** An account to be read, and what is known of it. */
export interface AccountOrder extends Pick<ContactSource, 'url' | 'user' | 'password' | 'books' | 'found'> {
  readonly known: readonly KnownCard[]
  readonly reach: HookReach
}

export type KnownCard = Pick<SourcedCard, 'href' | 'book' | 'etag'>

/** A card that is new, or other than before. */
export type ReadCard = Pick<SourcedCard, 'href' | 'book' | 'uid' | 'etag' | 'card'>

export type AccountOutcome =
  | {
      readonly kind: 'read'
      /** All address books of the account, wanted or not. */
      readonly found: readonly FoundBook[]
      readonly changed: readonly ReadCard[]
      /** Hrefs of cards that are not there any more, or not wanted. */
      readonly gone: readonly string[]
    }
  | { readonly kind: 'failed'; readonly code: DavFailureCode; readonly detail: string }
