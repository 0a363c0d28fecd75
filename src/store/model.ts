import type { Attestation } from '../shared/attestation.ts'
import type { GateEnd, GateQuestion } from '../shared/caller-gate.ts'
import type { Encrypted } from '../shared/encrypted.ts'
import type { Language } from '../shared/language.ts'
import type { SaidHeader } from '../shared/said-header.ts'
import type { WeekHours as Hours } from '../shared/week-hours.ts'
import type { SrtpUse } from './line.ts'
import type { JunkReason, MessageState } from './message-state.ts'
import type { FillNews, Quota } from './quota.ts'

export type { Action, Condition, Rule } from '../rules/rule.ts'
export * from './line.ts'
export * from './message-state.ts'
/**
 * What the store keeps, as the rest of the program sees it. Instants are ms since the Unix epoch (UTC), durations ms,
 * ids come from shared/ids and sort by time.
 */
export * from './number-list.ts'
export type { CountedPage, MessageQuery, Numbered, Page } from './query.ts'
export * from './quota.ts'
export * from './telling.ts'

export interface Mailbox extends Quota {
  readonly id: string
  readonly name: string
  /** The owner's greeting, or null for the one that ships with the project. */
  readonly greetingId: string | null
  /** What the machine speaks to callers, and in the spoken menu. */
  readonly language: Language
  /** Longest message, in seconds. */
  readonly longestSeconds: number
  /** Shorter than this counts as hung up, in seconds. */
  readonly shortestSeconds: number
  /** End a message after this much silence, in seconds; 0: never. */
  readonly silenceSeconds: number
  /** What becomes of what the caller said before somebody picked up. */
  readonly afterPickUp: AfterPickUp
  /** Mail addresses to which each new message goes. */
  readonly mailTo: readonly string[]
  /** When callers hear another greeting than `greetingId`; the first entry that fits wins. */
  readonly schedule: readonly ScheduleEntry[]
  /** IANA name of the time zone in which the schedule is meant; null: the machine's. */
  readonly timeZone: string | null
  /** After so many days an unheard message goes to the trash; null: never, which is the default. */
  readonly keepNewDays: number | null
  /** The same of a message that was heard, counted from then on or from when it was last restored. */
  readonly keepHeardDays: number | null
  /** After so many days as junk a message goes to the trash, heard or not; null: never. */
  readonly keepJunkDays: number | null
  /** After so many days in the trash a message is gone; null: never. */
  readonly keepTrashDays: number | null
  /** scrypt of the PIN with which the owner hears it from afar (shared/passwords.ts); null: nobody can. */
  readonly pinHash: string | null
  /** What machines leave (`JunkReason`) goes to junk. */
  readonly machinesToJunk: boolean
}

/** When a greeting is heard, and which: null is the one that ships with the project. */
export type ScheduleEntry = (WeekHours | DateRange) & { readonly greetingId: string | null }

/** Hours of some days of each week. */
export interface WeekHours extends Hours {
  readonly kind: 'week'
}

/** Whole days, both ends included, as YYYY-MM-DD. */
export interface DateRange {
  readonly kind: 'dates'
  readonly from: string
  readonly to: string
}

/** `ask`: it is kept until the owner says. */
export type AfterPickUp = 'keep' | 'discard' | 'ask'

export interface Greeting {
  readonly id: string
  readonly name: string
  /** File below DIR/greetings. 16-bit mono PCM WAV. */
  readonly file: string
  readonly durationMs: number
  readonly createdAt: number
}

export interface Message {
  readonly id: string
  readonly callId: string
  readonly mailboxId: string
  readonly lineId: string
  readonly callerNumber: string | null
  /** The same in E.164; null where it is none, or the line had no country. */
  readonly callerE164: string | null
  readonly callerName: string | null
  /** When the recording began. */
  readonly receivedAt: number
  readonly durationMs: number
  readonly state: MessageState
  /** The state that a restore brings back; null unless in the trash. */
  readonly stateBeforeTrash: 'new' | 'heard' | 'junk' | null
  readonly trashedAt: number | null
  /** When it was first heard; marking it new again does not forget it. */
  readonly heardAt: number | null
  /** The recording was cut off: the machine stopped, or its disk was full. */
  readonly cutOff: boolean
  /** WAV file below DIR/recordings. */
  readonly file: string
  readonly note: string
  /** Somebody picked up while it was left: it is kept, or the owner is still to say. Null: nobody did. Never new. */
  readonly pickedUp: 'kept' | 'asked' | null
  /** `conversation`: what both said after the pick-up, recorded at the owner's wish. */
  readonly kind: MessageKind
  /** It is a copy that somebody put here, as the audit names them. Null: a caller left it. */
  readonly forwardedBy: string | null
  /** A machine left it. Null: nothing says so, or the owner has said that it is no junk. */
  readonly junkReason: JunkReason | null
}

export type MessageKind = 'message' | 'conversation'

/** How a call went. */
export type CallOutcome =
  | 'message' // left one
  | 'hung-up' // hung up, or left nothing worth keeping
  | 'abandoned' // cancelled while it rang
  | 'refused' // no message could be taken, or the owner sent the caller away
  | 'picked-up'
  | 'let-in' // it was the owner, who heard the spoken menu
  | 'failed' // the signalling or the media broke
  | 'interrupted' // the machine stopped while it lasted

/** What a caller had to pass before phones rang, and how that went. */
export interface CallGate {
  readonly kind: GateQuestion['kind']
  /** Null: the caller was gone before, or it goes on. */
  readonly went: GateEnd | null
  /** What was said as the caller's name; null: nothing, or it was not asked for. */
  readonly name: SaidName | null
}

/** A caller's name, recorded. */
export interface SaidName {
  readonly takeId: string
  /** WAV file below DIR/recordings. */
  readonly file: string
  readonly durationMs: number
  /** As it was written down; null: it was not. */
  readonly words: string | null
}

export interface Call {
  readonly id: string
  readonly lineId: string
  readonly callerNumber: string | null
  /** The same in E.164; null where it is none, or the line had no country. */
  readonly callerE164: string | null
  readonly callerName: string | null
  readonly arrivedAt: number
  readonly answeredAt: number | null
  /** Null while it lasts. */
  readonly endedAt: number | null
  readonly outcome: CallOutcome | null
  readonly messageId: string | null
  /** Whether a provider vouches for the number; null: nobody has said, or it was not looked at. */
  readonly attestation: Attestation | null
  /** Which rule decided it, and what it was called then; `blocked`: the caller was. Null: none, the line's settings did. */
  readonly ruleId: string | null
  readonly ruleName: string | null
  readonly encrypted: Encrypted | null // null: it goes on, or nobody knows
  /** Null: there was no gate. */
  readonly gate: CallGate | null
}

/** A call, and what the line said of the caller. */
export interface CallDetails extends Call {
  /** Header by header; empty for calls from before this was kept. */
  readonly said: readonly SaidHeader[]
}

/** A device of the owner's. Its password is kept only as the hashes that digest authentication needs. */
export interface Phone {
  readonly id: string
  /** The user part of its SIP address. Unique, [A-Za-z0-9._-]{1,64}. */
  readonly name: string
  /** The mailboxes whose calls it rings for; in order of their ids. */
  readonly mailboxIds: readonly string[]
  /** Plays messages aloud while they are left. */
  readonly speaker: boolean
  readonly speakerGainDb: number
  readonly srtp: SrtpUse
  readonly createdAt: number
  /** It has been registered at least once. */
  readonly hasRegistered: boolean
}

/** Where a phone can be reached (RFC 3261 §10), so that it still can after a restart. One for each phone and contact. */
export interface PhoneBinding {
  readonly phoneId: string
  /** The contact's URI as it was registered. */
  readonly contact: string
  /** Where the REGISTER came from, and where it was taken. */
  readonly transport: string
  readonly address: string
  readonly port: number
  readonly localAddress: string
  readonly localPort: number
  /** Values of Path (RFC 3327), in order. */
  readonly path: readonly string[]
  readonly callId: string
  readonly cseq: number
  /** 0 to 1. */
  readonly q: number
  readonly expiresAt: number
  /** +sip.instance and reg-id (RFC 5626). */
  readonly instance: string | null
  readonly regId: number | null
  readonly userAgent: string
}

/** A number whose calls are refused. */
export interface BlockedNumber {
  readonly number: string
  readonly name: string | null
  readonly at: number
  /** Who blocked it, as in the audit. */
  readonly by: string
}

/** Somebody the owner knows by name. */
export interface Contact {
  readonly id: string
  readonly name: string
  readonly note: string
  /** As they were written, the most important first; at least one. */
  readonly numbers: readonly string[]
  /** Rules may treat them better than others. */
  readonly favourite: boolean
}

/** A message on its way to one mail address. */
export interface Mail {
  readonly id: string
  /** What it brings; null: it tells of a line, a lock, or of what fills up. */
  readonly messageId: string | null
  readonly lineNews: LineNews | null
  readonly lockNews: LockNews | null
  readonly fillNews: FillNews | null
  readonly recipient: string
  readonly format: MailFormat
  /** What the sender adds to it; may be empty. */
  readonly note: string
  /** Who sent it on, as in the audit; `machine` where the mailbox mails every message. */
  readonly by: string
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly createdAt: number
  readonly tries: number
  /** When it is tried next; null once it is over. */
  readonly nextAt: number | null
  readonly endedAt: number | null
  /** Code of the last failure, and what there is to say about it; null and empty while there is none. */
  readonly problem: string | null
  readonly detail: string
}

/** A line that was not registered for long, or is again. */
export interface LineNews {
  readonly state: 'lost' | 'back'
  readonly lineId: string
  /** By name. */
  readonly line: string
  /** Since when it was lost. */
  readonly since: number
  readonly problem: { readonly code: string; readonly detail: string } | null
}

/** Wrong PINs were typed for a mailbox, which takes none for a while. */
export interface LockNews {
  /** By name. */
  readonly mailbox: string
  /** Who has typed the last of them; null: a number that was withheld. */
  readonly callerNumber: string | null
  readonly until: number
}

/** What a recording is attached as. */
export type MailFormat = 'wav' | 'mp3' | 'opus'

export interface User {
  readonly id: string
  readonly name: string
  readonly role: 'owner' | 'member'
  readonly createdAt: number
}

/** Where a browser is told of calls and messages (RFC 8030), for as long as its session lasts. */
export interface PushSubscription {
  readonly sessionHash: string
  readonly userId: string
  /** The URL of the browser's push service, a secret. */
  readonly endpoint: string
  /** What only this browser can decrypt is encrypted with (RFC 8291 §3.1); base64url. */
  readonly p256dh: string
  readonly auth: string
  /** Of the page there. */
  readonly language: string
  readonly createdAt: number
}

/** A bearer token for scripts. Its secret is shown once and kept only as a hash. */
export interface Token {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
}
