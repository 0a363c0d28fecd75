/** An account at a CardDAV server (RFC 6352) whose address books are taken over into the contacts. */
export interface ContactSource {
  readonly id: string
  /** Unique. */
  readonly name: string
  /** http: or https:, without a login. */
  readonly url: string
  readonly user: string
  readonly password: string
  /** Names or URLs of the address books that are wanted; null: all. */
  readonly books: readonly string[] | null
  readonly intervalMinutes: number
  readonly createdAt: number
  /** When it is read next; while it is being read, when another may try. */
  readonly nextAt: number
  /** Since when it is being read; null: it is not. */
  readonly startedAt: number | null
  /** When it was last read to its end. */
  readonly doneAt: number | null
  /** How many times in a row it could not be read. */
  readonly failures: number
  /** Code of what stood in the way the last time, and what there is to say about it; null and empty where all went well. */
  readonly problem: string | null
  readonly detail: string
  /** The address books of the account, as they were last seen. */
  readonly found: readonly FoundBook[]
}

/** An address book at the server. */
export interface FoundBook {
  readonly url: string
  readonly name: string
  /** It is the same as long as nothing in the book changes (CalendarServer's getctag); null: the server has none, or it was not read. */
  readonly ctag: string | null
  /** From where changes can be asked for (RFC 6578); null: they can't. */
  readonly syncToken: string | null
}

/** What was read from a card, as far as it is of use. */
export interface CardContents {
  readonly name: string
  readonly note: string
  /** As they are written. */
  readonly numbers: readonly string[]
}

/** A card of an address book, and the contact that it became. */
export interface SourcedCard {
  readonly sourceId: string
  /** Where it lies at the server. Unique in a source. */
  readonly href: string
  /** URL of its address book. */
  readonly book: string
  /** UID of the card (RFC 6350 §6.7.6), which it keeps when it is moved. */
  readonly uid: string
  /** It is another when the card changes. */
  readonly etag: string
  readonly card: CardContents
  /** Null: it has no number, or all of them are others'. */
  readonly contactId: string | null
  /** Numbers that are another contact's already, and were left to it. */
  readonly leftOut: readonly string[]
}

export type NewContactSource = Pick<
  ContactSource,
  'name' | 'url' | 'user' | 'password' | 'books' | 'intervalMinutes' | 'createdAt' | 'nextAt'
>

export interface ContactSourceStore {
  /** In order of name. */
  list(): Promise<readonly ContactSource[]>
  /** `key` is an id or a name, here and below. */
  get(key: string): Promise<ContactSource | undefined>
  /** Rejects with AP_NAME_TAKEN, here and below. */
  add(source: NewContactSource): Promise<ContactSource>
  /** Rejects with AP_NOT_FOUND, here and below. */
  set(key: string, change: Partial<Omit<ContactSource, 'id' | 'createdAt'>>): Promise<ContactSource>
  /** Its cards go with it; contacts that they became stay. */
  remove(key: string): Promise<ContactSource>
  /** When the next one is due; undefined when there is none. */
  nextAt(): Promise<number | undefined>
  /**
   * Takes the one that has been due for longest, or this one if nobody has it: whoever takes it has it alone until
   * `leaseEndsAt`. Undefined: there is none, or somebody has it.
   */
  claim(now: number, leaseEndsAt: number, id?: string): Promise<ContactSource | undefined>
  /** In order of uid. */
  cards(sourceId: string): Promise<readonly SourcedCard[]>
  /** Adds it, or replaces that at the same place; drops it where the source is gone. */
  putCard(card: SourcedCard): Promise<void>
  removeCard(sourceId: string, href: string): Promise<void>
  /** From which source these contacts are; those that are from none are not in it. */
  sourcesOf(contactIds: readonly string[]): Promise<ReadonlyMap<string, Pick<ContactSource, 'id' | 'name'>>>
}
