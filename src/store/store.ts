import type { Credentials } from '../shared/credentials.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { CallStore } from './call-store.ts'
import type { CallerNoteStore } from './caller-note.ts'
import type { ContactSourceStore } from './contact-source.ts'
import type { ContactStore } from './contact-store.ts'
import type { MailStore } from './mail-store.ts'
import type { MailboxStore } from './mailbox-store.ts'
import type {
  BatchAct,
  BlockedNumber,
  CountedPage,
  Delivery,
  Greeting,
  Line,
  Message,
  MessageQuery,
  MessageState,
  Page,
  Phone,
  PhoneBinding,
  PushSubscription,
  Registration,
  Target,
  TargetEvent,
  Token,
  User,
} from './model.ts'
import type { NumberListStore } from './number-list.ts'
import type { PinTriesStore } from './pin-tries.ts'
import type { RuleStore } from './rule-store.ts'
import type { TraceStore } from './trace.ts'
import type { TranscriptStore } from './transcript.ts'

export type { CallStore } from './call-store.ts'
export type { ContactStore } from './contact-store.ts'
export type { MailStore } from './mail-store.ts'
export type { MailboxStore, NewMailbox } from './mailbox-store.ts'
export type { RuleStore } from './rule-store.ts'

/** What is in the database. All methods may reject with AP_STORE_*. */
export interface Tables {
  readonly lines: LineStore
  readonly registrations: RegistrationStore
  readonly mailboxes: MailboxStore
  readonly pinTries: PinTriesStore
  readonly greetings: GreetingStore
  readonly messages: MessageStore
  readonly calls: CallStore
  readonly phones: PhoneStore
  readonly bindings: BindingStore
  readonly audit: AuditStore
  readonly blocked: BlockedStore
  readonly contacts: ContactStore
  readonly contactSources: ContactSourceStore
  readonly callerNotes: CallerNoteStore
  readonly rules: RuleStore
  readonly numberLists: NumberListStore
  readonly mails: MailStore
  readonly targets: TargetStore
  readonly outbox: OutboxStore
  readonly users: UserStore
  readonly tokens: TokenStore
  readonly sessions: SessionStore
  readonly push: PushStore
  readonly traces: TraceStore
  readonly transcripts: TranscriptStore
  /** A small value kept by key: the defaults of the first start, the realm of the phones … */
  readonly settings: {
    get(key: string): Promise<string | null>
    set(key: string, value: string): Promise<void>
  }
}

/** The database: SQLite or PostgreSQL behind one contract (store.contract.ts). */
export interface Store extends Tables {
  /**
   * All that `run` writes into the tables that it is given, or nothing: where it rejects, where one statement failed
   * although `run` went on, and where the process dies in the middle. Others see none of it before its end, and their
   * writes wait: it is for what takes no time. Within it the store itself is not to be asked: that would wait for its end.
   */
  together<Result>(run: (tables: Tables) => Promise<Result>): Promise<Result>
  /**
   * Calls back after another process (the CLI) or this one changed something, within 500 ms; `what` names the tables
   * where that is known, or is empty for "anything". Returns the unsubscribe.
   */
  onChange(callback: (what: ReadonlySet<string>) => void): () => void
  /** Rejects with AP_STORE_UNWRITABLE or AP_STORE_LOCKED if the database can't be read and written now. */
  check(): Promise<void>
  /**
   * Resolves when everything written before survives a loss of power (SQLite answers a write before that, see
   * docs/decisions/0004-sqlite-durability.md).
   */
  flush(): Promise<void>
  close(): Promise<void>
}

type OptionalOfLine =
  | 'account'
  | 'srtp'
  | 'callOut'
  | 'internal'
  | 'internalDigits'
  | 'country'
  | 'areaCode'
  | 'trustVerstat'
  | 'tollSaverSeconds'

export interface LineStore {
  list(): Promise<readonly Line[]>
  /** It has no account, internal callers, country or area code unless they are given, SRTP `offered`, lets nobody out, trusts no `verstat`, and saves no toll. */
  add(line: Omit<Line, 'id' | OptionalOfLine> & Partial<Pick<Line, OptionalOfLine>>): Promise<Line>
  /** `key` is an id or a name, here and below. */
  get(key: string): Promise<Line | undefined>
  set(key: string, change: Partial<Omit<Line, 'id'>>): Promise<Line>
  remove(key: string): Promise<void>
}

export interface RegistrationStore {
  list(): Promise<readonly Registration[]>
  /** One for each line; that of a line which has just been removed is dropped. */
  put(registration: Registration): Promise<void>
  remove(lineId: string): Promise<void>
}

export interface GreetingStore {
  list(): Promise<readonly Greeting[]>
  add(greeting: Greeting): Promise<void>
  get(key: string): Promise<Greeting | undefined>
  remove(id: string): Promise<Greeting | undefined>
}

export interface MessageStore {
  /**
   * Does nothing when a message with this id is there already (recovery after a crash may say it twice).
   *
   * @param stateSince when it came into its state here, from which it is kept; unless given, when it was trashed, heard or left
   */
  add(message: Message, stateSince?: number): Promise<void>
  get(id: string): Promise<Message | undefined>
  /** Newest first. Counted are all messages of states, and of a mailbox; not those of a caller, a time or a search. */
  list(query: MessageQuery): Promise<CountedPage>
  /** Counts per mailbox and state. */
  counts(): Promise<readonly { mailboxId: string; state: MessageState; count: number }[]>
  /** What mailboxes keep, new and heard: how many, and how long in all. Of those that keep nothing there is none. */
  held(): Promise<readonly { mailboxId: string; messages: number; ms: number }[]>
  markHeard(id: string, at: number): Promise<Message | undefined>
  /** Leaves alone what was picked up: that is never new. */
  markNew(id: string, at: number): Promise<Message | undefined>
  /** What is in the trash stays there. */
  markJunk(id: string, at: number): Promise<Message | undefined>
  /** It is new again, or heard where it was. Leaves alone what is no junk. */
  markNotJunk(id: string, at: number): Promise<Message | undefined>
  /** Answers what was `asked` after a pick-up. */
  keepPickedUp(id: string): Promise<Message | undefined>
  setNote(id: string, note: string): Promise<Message | undefined>
  /** To the trash. Unheard ones too. Trashing twice changes nothing. */
  trash(id: string, at: number): Promise<Message | undefined>
  restore(id: string, at: number): Promise<Message | undefined>
  /** In this state since before this instant: the longest first, at most 200. */
  agedBefore(mailboxId: string, state: MessageState, at: number): Promise<readonly Message[]>
  countAgedBefore(mailboxId: string, state: MessageState, at: number): Promise<number>
  /**
   * Does it to all of them in one transaction, and leaves alone those that it does not fit (heard already, not in the
   * trash, gone). Returns the rows that it changed, as they are now, or were when purged; in no order.
   */
  changeAll(act: BatchAct, ids: readonly string[], at: number): Promise<readonly Message[]>
  /** Removes the row for good. */
  purge(id: string): Promise<void>
  /** Which files the rows need, in order of id, at most 1000 after this one ('' for the first). */
  files(afterId: string): Promise<readonly Pick<Message, 'id' | 'file' | 'receivedAt'>[]>
}

export interface PhoneStore {
  list(): Promise<readonly Phone[]>
  /**
   * Rejects with AP_NAME_TAKEN, or AP_NOT_FOUND for a mailbox. `credentials` are those of this name. SRTP is `offered` unless
   * given.
   */
  add(
    phone: Omit<Phone, 'id' | 'hasRegistered' | 'srtp'> & Partial<Pick<Phone, 'srtp'>>,
    credentials: Credentials,
  ): Promise<Phone>
  get(key: string): Promise<Phone | undefined>
  /** The credentials hold the name: whoever changes the one gives the other. */
  set(
    key: string,
    change: Partial<Omit<Phone, 'id' | 'createdAt' | 'hasRegistered'>>,
    credentials?: Credentials,
  ): Promise<Phone>
  /** Removes its bindings too. */
  remove(key: string): Promise<void>
  /** The hashes of all phones, which nothing else gives out. */
  credentials(): Promise<readonly { readonly name: string; readonly credentials: Credentials }[]>
}

export interface BindingStore {
  /** Of all phones, in order of phone and contact; expired ones too, until they are removed. */
  list(): Promise<readonly PhoneBinding[]>
  /**
   * Adds it, or replaces that of the same phone and contact; the phone has registered from then on. Does nothing when
   * the phone was removed meanwhile.
   */
  put(binding: PhoneBinding): Promise<void>
  remove(phoneId: string, contact: string): Promise<void>
  /** Those that end at this instant or before. */
  removeExpired(at: number): Promise<void>
}

export interface AuditStore {
  /**
   * @param once of entries that name the same, only the first is kept
   */
  add(entry: Omit<AuditEntry, 'id'>, once?: string): Promise<void>
  /** Many at once, all or none. */
  addAll(entries: readonly Omit<AuditEntry, 'id'>[]): Promise<void>
  /** Of the oldest entry; undefined when there is none. */
  oldestAt(): Promise<number | undefined>
  /** Forgets what is older, at most 500. Returns how many. */
  removeBefore(at: number): Promise<number>
  /** Newest first. */
  list(query: {
    who?: string
    callId?: string
    messageId?: string
    cursor?: string
    limit: number
  }): Promise<Page<AuditEntry>>
}

export interface BlockedStore {
  /** In order of number. */
  list(): Promise<readonly BlockedNumber[]>
  /** Blocking a number again changes nothing. */
  add(blocked: BlockedNumber): Promise<void>
  /** False when it was not blocked. */
  remove(number: string): Promise<boolean>
}

export interface TargetStore {
  /** In order of name. */
  list(): Promise<readonly Target[]>
  /** `key` is an id or a name, here and below. */
  get(key: string): Promise<Target | undefined>
  /** Rejects with AP_NAME_TAKEN. */
  add(target: Omit<Target, 'id' | 'lastTriedAt' | 'lastProblem'>): Promise<Target>
  set(key: string, change: Partial<Omit<Target, 'id' | 'kind' | 'createdAt'>>): Promise<Target>
  /** What waits for it goes with it. */
  remove(key: string): Promise<void>
  /** Says how the last try went; `problem` is empty where all went well. */
  tried(id: string, at: number, problem: string): Promise<void>
}

/**
 * What waits to be told. Rows about messages and calls come with the very write that they tell of, by a trigger: there is
 * never the one without the other, whoever writes.
 */
export interface OutboxStore {
  /** For each target that wants it, and is on: what no row of another table tells of. */
  add(event: TargetEvent, at: number, subject: string): Promise<void>
  /** Without a body yet, in order, at most 100. */
  bare(): Promise<readonly Delivery[]>
  setBody(id: string, body: string): Promise<void>
  /** The first that waits for each target that is on. */
  heads(): Promise<readonly Delivery[]>
  /** Says how a try went, as long as it waits. */
  settle(
    id: string,
    outcome: Pick<Delivery, 'state' | 'attempts' | 'nextTryAt' | 'problem' | 'endedAt'>,
  ): Promise<void>
  /** In order. */
  list(query: { state?: Delivery['state']; targetId?: string; limit: number }): Promise<readonly Delivery[]>
  get(id: string): Promise<Delivery | undefined>
  /** How many there are for each target and state. */
  counts(): Promise<readonly { targetId: string; state: Delivery['state']; count: number }[]>
  /** What was given up waits again, and what waits is due: of this target, or this one row. Returns how many. */
  sendAgain(which: { readonly targetId: string } | { readonly id: string }, now: number): Promise<number>
  /** Forgets it: it was taken, or is not wanted any more. False when there is none. */
  remove(id: string): Promise<boolean>
  /** Forgets what was given up before this instant. */
  removeDeadBefore(at: number): Promise<void>
}

export interface UserStore {
  list(): Promise<readonly User[]>
  add(user: User, passwordHash: string): Promise<void>
  byName(name: string): Promise<{ user: User; passwordHash: string } | undefined>
  get(key: string): Promise<User | undefined>
  setPassword(id: string, passwordHash: string): Promise<void>
  setRole(id: string, role: User['role']): Promise<void>
  remove(id: string): Promise<void>
}

export interface TokenStore {
  list(): Promise<readonly Token[]>
  /** `hash`: SHA-256 of the secret, hex. */
  add(token: Token, hash: string): Promise<void>
  byHash(hash: string): Promise<Token | undefined>
  touch(id: string, at: number): Promise<void>
  remove(key: string): Promise<boolean>
}

export interface SessionStore {
  add(session: { hash: string; userId: string; createdAt: number; expiresAt: number }): Promise<void>
  byHash(hash: string): Promise<{ userId: string; createdAt: number; expiresAt: number } | undefined>
  /** Moves the expiry: the session was used. */
  extend(hash: string, expiresAt: number): Promise<void>
  remove(hash: string): Promise<void>
  removeExpired(at: number): Promise<void>
  removeOfUser(userId: string): Promise<void>
}

export interface PushStore {
  /** Those whose session lasts at this instant, the oldest first. */
  list(at: number): Promise<readonly PushSubscription[]>
  /**
   * Adds it, or replaces that of the same session or endpoint; of the user's only the `most` newest stay. Does nothing
   * when the session has ended.
   */
  put(subscription: PushSubscription, most: number): Promise<void>
  remove(sessionHash: string): Promise<void>
  removeEndpoint(endpoint: string): Promise<void>
}
