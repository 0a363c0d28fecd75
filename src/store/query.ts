import type { Message, MessageState } from './model.ts'

/** What is asked of the store, and how it is answered. */

/** A number as it is looked for. */
export interface Numbered {
  readonly number: string
  readonly e164: string | null
}

export interface MessageQuery {
  readonly mailboxId?: string
  /**
   * One of these numbers (none: no message), however it is written (shared/same-number.ts); exactly it, where it and the
   * row's are known in E.164.
   */
  readonly callers?: readonly Numbered[]
  /** Default: new and heard. */
  readonly states?: readonly MessageState[]
  /**
   * Part of the caller's number or name, of the note, or of what the owner has written about the caller: a contact's name
   * and note, or a note on the number; or words
   * that were said, the last of which may be only begun.
   */
  readonly q?: string
  readonly receivedFrom?: number
  readonly receivedBefore?: number
  /** Its state changed at this instant, and not since. */
  readonly changedAt?: number
  /** From the page before; opaque. */
  readonly cursor?: string
  /** How many of the newest to leave out, counted from the cursor where there is one. */
  readonly skip?: number
  /** 1 to 200. */
  readonly limit: number
}

/** A page of messages, and how many there are in all; null when the query is one that is not counted. */
export interface CountedPage extends Page<Message> {
  readonly total: number | null
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Pass it to get the next page; null at the end. */
  readonly nextCursor: string | null
}
