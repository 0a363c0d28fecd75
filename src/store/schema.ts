import type { Generated } from 'kysely'
import type { AuditEntry } from './audit-entry.ts'
import type { ContactSource, SourcedCard } from './contact-source.ts'
import type {
  BlockedNumber,
  CallDetails,
  CallGate,
  Contact,
  Delivery,
  Greeting,
  Line,
  Mail,
  Mailbox,
  Message,
  NumberList,
  Phone,
  PhoneBinding,
  PushSubscription,
  Registration,
  Rule,
  Target,
  Token,
  User,
} from './model.ts'
import type { PinTries } from './pin-tries.ts'
import type { TraceRow } from './trace.ts'
import type { Transcript } from './transcript.ts'

/**
 * The tables as Kysely sees them. Columns bear the model's names, so that a row is the model but for what SQL can't
 * say alike in both databases: truth is 0 or 1, a list is JSON, and `search` is folded text (fold.ts).
 */
export interface Schema {
  readonly lines: Omit<Line, 'trunk' | 'account' | 'callOut' | 'trustVerstat'> & {
    readonly trustVerstat: 0 | 1
    readonly trunk: string
    readonly account: string | null
    readonly callOut: string | null
  }
  readonly registrations: Omit<Registration, 'problem'> & { readonly problem: string | null }
  readonly mailboxes: Omit<Mailbox, 'mailTo' | 'schedule' | 'machinesToJunk'> & {
    readonly machinesToJunk: 0 | 1
    readonly mailTo: string
    readonly schedule: string
  }
  readonly pin_tries: PinTries
  readonly greetings: Greeting
  readonly messages: Searchable &
    Called &
    Omit<Message, 'cutOff'> & {
      readonly cutOff: 0 | 1
      /** Since when it has been in its state; from a restore on, anew. */
      readonly stateSince: number
      /** What was said, with the name and the note, as it is searched (words.ts); '' where there is no transcript. */
      readonly words: Generated<string>
    }
  /** How many messages a mailbox has in each state, and how long they are in all; triggers keep it. */
  readonly message_counts: Pick<Message, 'mailboxId' | 'state'> & {
    readonly count: number
    readonly ms: number
  }
  readonly calls: Searchable &
    Called &
    Omit<CallDetails, 'attestation' | 'said' | 'gate'> & {
      readonly attestation: string | null
      readonly said: string
      readonly gate: CallGate['kind'] | null
      readonly gateWent: CallGate['went']
      /** The rest of what is known of the name, as JSON. */
      readonly saidName: string | null
    }
  readonly phones: Omit<Phone, 'mailboxIds' | 'speaker' | 'hasRegistered'> & {
    readonly speaker: 0 | 1
    readonly hasRegistered: 0 | 1
    /** H(name:realm:password) in lower-case hex (RFC 7616 §3.4.2). */
    readonly sha256: string
    readonly md5: string
  }
  readonly phone_mailboxes: { readonly phoneId: string; readonly mailboxId: string }
  readonly bindings: Omit<PhoneBinding, 'path'> & { readonly path: string }
  /** Of the rows with the same `once` there is one. */
  readonly audit: AuditEntry & { readonly once: string | null }
  readonly blocked: BlockedNumber
  /** `search` is of the name and the note. */
  readonly contacts: Omit<Contact, 'numbers' | 'favourite'> & {
    readonly search: string
    readonly favourite: 0 | 1
  }
  /** A number is one contact's. */
  readonly contact_numbers: {
    readonly key: string
    readonly ending: string
    readonly number: string
    readonly contactId: string
    readonly position: number
  }
  readonly contact_sources: Omit<ContactSource, 'books' | 'found'> & {
    readonly books: string | null
    readonly found: string
  }
  readonly sourced_cards: Omit<SourcedCard, 'card' | 'leftOut'> & {
    readonly card: string
    readonly leftOut: string
  }
  /** `search` is of the note. */
  readonly caller_notes: {
    readonly key: string
    readonly ending: string
    readonly number: string
    readonly note: string
    readonly search: string
  }
  readonly mails: Omit<Mail, 'lineNews' | 'lockNews' | 'fillNews'> & {
    readonly lineNews: string | null
    readonly lockNews: string | null
    readonly fillNews: string | null
  }
  readonly targets: Omit<Target, 'events' | 'enabled' | 'ntfy' | 'quiet'> & {
    readonly events: string
    readonly enabled: 0 | 1
    readonly ntfy: string | null
    readonly quiet: string | null
  }
  readonly outbox: Omit<Delivery, 'seq'> & { readonly seq: Generated<number> }
  readonly rules: Pick<Rule, 'id' | 'name'> & {
    readonly enabled: 0 | 1
    readonly position: number
    readonly when: string
    readonly action: string
  }
  /** `packed`: the numbers, as lists/pack-numbers.ts has them; null before they were first read. */
  readonly number_lists: Omit<NumberList, 'problem' | 'marker'> & {
    readonly problem: string | null
    readonly marker: string
    readonly packed: Uint8Array | null
  }
  readonly users: User & { readonly passwordHash: string }
  readonly tokens: Token & { readonly hash: string }
  readonly sessions: {
    readonly hash: string
    readonly userId: string
    readonly createdAt: number
    readonly expiresAt: number
  }
  readonly push_subscriptions: PushSubscription
  readonly traces: TraceRow
  readonly transcripts: Omit<Transcript, 'segments'> & { readonly segments: string }
  readonly settings: { readonly key: string; readonly value: string }
}

interface Searchable {
  /** Numbers the rows for the search index; nothing else refers to it. */
  readonly seq: Generated<number>
  readonly search: string
}

/** The caller's number as it is compared (shared/same-number.ts), in E.164 where that is known, and the part of it that an index is of. */
interface Called {
  readonly callerKey: string | null
  readonly callerEnding: string | null
}

/** The tables whose changes are announced (`Store.onChange`); a phone's mailboxes change with `phones`, numbers with `contacts`. */
export type TableName = Exclude<
  keyof Schema,
  'message_counts' | 'phone_mailboxes' | 'contact_numbers' | 'sourced_cards'
>
