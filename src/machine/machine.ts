import type { DecidingRule } from '../rules/decide.ts'
import type { Attestation } from '../shared/attestation.ts'
import type { Encrypted } from '../shared/encrypted.ts'
import type { CallGate, CallOutcome, FillNews, LockNews, SaidName } from '../store/model.ts'
import type { Switches } from '../store/switches.ts'
import type { Trace } from '../trace/trace.ts'
import type { ContactOf } from './contact-finder.ts'
import type { Levels } from './levels.ts'
import type { PagePhones } from './page-phones.ts'
import type { RuleBook } from './rule-book.ts'
import type { SoundResult } from './sound-test.ts'
import type { TestCalls } from './test-calls.ts'

/** Where a call stands, as the owner sees it. */
export type LivePhase = 'gate' | 'ringing' | 'greeting' | 'recording' | 'connected' | 'remote' | 'closing'

/** A call going on. */
export interface LiveCall {
  readonly id: string
  readonly lineId: string
  readonly lineName: string
  readonly mailboxId: string
  readonly callerNumber: string | null
  /** The same in E.164; null where it is none, or the line has no country. */
  readonly callerE164: string | null
  /** The same as people write it where the line is. */
  readonly callerDisplay: string | null
  readonly callerName: string | null
  /** Whether a provider vouches for the number; null: nobody has said, or it was not looked at yet. */
  readonly attestation: Attestation | null
  /** Which rule decided it; `blocked`: the caller is. Null: none, the line's settings did. */
  readonly rule: DecidingRule | null
  /** Phones ring as they do without rules: whoever is away may be told of it, too. */
  readonly ringsAsEver: boolean
  /** Its message lights no lamp and is told to nobody. */
  readonly junk: boolean
  readonly arrivedAt: number
  readonly phase: LivePhase
  /** What the caller has to pass before phones ring, and how that went; null: there is no gate. */
  readonly gate: CallGate | null
  /** Since when it rings: from its arrival, or from when it came past its gate. Null while it does not. */
  readonly ringsSince: number | null
  /** When the ring time is over: then the machine answers, or the caller is told that nobody is there. Null as `ringsSince`. */
  readonly ringsUntil: number | null
  /** When the machine will answer, or greet who hears it ring behind a gate; null once it has, or where it will not. */
  readonly answersAt: number | null
  readonly answeredAt: number | null
  /** When the message began; null before. */
  readonly recordingSince: number | null
  /** Phones that ring for it, by name. */
  readonly ringing: readonly string[]
  /** Phones that listen in. */
  readonly listeners: readonly { readonly phone: string; readonly since: number }[]
  /** The phone that picked up. */
  readonly pickedUpBy: string | null
  /** What of it is encrypted between the caller's side and us. */
  readonly encrypted: Encrypted
  /** What is said now is recorded: the message, or the conversation at the owner's wish. */
  readonly recording: boolean
}

/** What the owner may do to a call that goes on. */
export type OwnerAct =
  | 'answer-now' // the machine answers now
  | 'pick-up' // rings `phone`, or all of the mailbox; whoever answers has the caller
  | 'listen' // rings `phone`; who answers hears the caller
  | 'record' // goes on recording after the pick-up, or stops
  | 'hang-up'
  | 'block' // hangs up, and refuses this number from now on

/** What an act needs besides its call. */
export interface ActDetail {
  /** Name of a phone. */
  readonly phone?: string
  readonly on?: boolean
}

export type ActResult =
  | 'done'
  | 'over' // the call is, or the act makes no sense now
  | 'taken' // somebody else has picked up
  | 'phone-unknown'
  | 'phone-offline' // it is not registered

/** What the machine tells whoever watches it. */
export type MachineEvent =
  | { readonly kind: 'call-changed'; readonly call: LiveCall }
  /** A message was kept; it may come before or after the call's end. */
  | { readonly kind: 'message-added'; readonly messageId: string }
  /** A name was said at a gate, and is kept. */
  | { readonly kind: 'name-said'; readonly callId: string; readonly name: SaidName }
  | {
      readonly kind: 'call-ended'
      readonly callId: string
      readonly outcome: CallOutcome
      readonly messageId: string | null
      /** The message is junk: nobody is told of it. */
      readonly junk: boolean
    }
  | { readonly kind: 'health-changed'; readonly health: Health }
  /** A line has not been registered since then, for longer than a hiccup takes. */
  | {
      readonly kind: 'line-lost'
      readonly lineId: string
      readonly line: string
      readonly since: number
      readonly problem: { readonly code: string; readonly detail: string } | null
    }
  /** One of which that was told is registered again. */
  | { readonly kind: 'line-back'; readonly lineId: string; readonly line: string; readonly since: number }
  /** After wrong PINs a mailbox takes none, not even the right one. */
  | ({ readonly kind: 'pin-locked' } & LockNews)
  /** A mailbox, or the disk, is fuller than was told. */
  | ({ readonly kind: 'filling' } & FillNews)
  | { readonly kind: 'fills-changed'; readonly fills: readonly FillNews[] }
  | { readonly kind: 'switches-changed'; readonly switches: Switches }
  /** `contactOf` may say something else than before. */
  | { readonly kind: 'contacts-changed' }

/** What keeps the machine from taking messages, in words from the error catalogue; empty when all is well. */
export interface Health {
  readonly problems: readonly { readonly code: string; readonly message: string }[]
  readonly draining: boolean
}

/** The running machine, as the API and main.ts see it. */
export interface Machine {
  liveCalls(): readonly LiveCall[]
  /**
   * @param by who does it, as the audit names them: `user:ada`, `token:backup`
   */
  act(callId: string, act: OwnerAct, by: string, detail?: ActDetail): Promise<ActResult>
  /** Tells how loud a caller is while a message is left: see `Levels`. */
  readonly watchLevels: Levels['watch']
  /** The name that was said at the gate of a call has words: who is told of the call is told them, too. '': it has none. */
  nameWritten(callId: string, words: string): void
  /** Whom the owner knows by this number. */
  readonly contactOf: ContactOf
  /** What has gone over the wire for a call that goes on, or has just ended. */
  traceOf(callId: string): Trace | undefined
  /** The owner's rules, and what they ask, as calls are decided now. */
  readonly rules: RuleBook
  /** Lends the page of this session a phone, for a while. */
  readonly lendPhone: PagePhones['lend']
  /** Links by which somebody without an account calls once. */
  readonly testCalls: Pick<TestCalls, 'invite' | 'find' | 'enter'>
  /** Calls this number through a line, and listens whether our own sound comes back. Undefined: there is no such line. */
  testSound(lineId: string, number: string): Promise<SoundResult | undefined>
  health(): Health
  /** What fills up, or is full: mailboxes that have a quota, and the disk. */
  fills(): readonly FillNews[]
  /** What the house is switched to. */
  switches(): Switches
  /** Returns the unsubscribe. */
  watch(onEvent: (event: MachineEvent) => void): () => void
  /** Refuses new calls, lets those in progress finish (at most `patienceMs`), then resolves. */
  drain(patienceMs: number): Promise<void>
  close(): Promise<void>
}
