import type { OwnerAct } from '../../call/facts.ts'
import type { Decision } from './ask-before-talk.ts'

/** What a leg of the owner's side is for. */
export type Purpose =
  /** We called the phone because the caller rings: to answer is to pick up. */
  | 'ring'
  /** To talk: the phone asked for it, or we called it because somebody said so in the page. */
  | 'talk'
  /** To hear the caller and not be heard. */
  | 'listen'
  /** As `listen`, on a phone that is marked as speaker and answers by itself. */
  | 'speaker'
  /** The owner who talks wants to give the caller to this phone. */
  | 'transfer'

/**
 * Where the call stands, as far as the owner's side cares. `quiet`: the machine has the caller, and no phone makes a sound
 * by itself, though any may listen or pick up.
 */
export type Stage = 'waiting' | 'quiet' | 'ringing' | 'screening' | 'talking' | 'over'

/** What happened on the owner's side of a call. */
export type OwnerFact =
  /** The screening machine has moved on. */
  | { readonly kind: 'stage'; readonly stage: Stage }
  /** We are calling a phone. */
  | { readonly kind: 'calling'; readonly leg: string; readonly phone: string; readonly purpose: Purpose }
  /** A phone has called us, and could be answered now. */
  | {
      readonly kind: 'asks'
      readonly leg: string
      readonly phone: string
      readonly purpose: 'talk' | 'listen'
    }
  /** A phone that we call rings. */
  | { readonly kind: 'rings'; readonly leg: string }
  /** A phone that we called has answered. `asksFirst`: who rang for it is to hear who calls, and to say what she wants. */
  | { readonly kind: 'answered'; readonly leg: string; readonly asksFirst?: boolean }
  /** She has said so, or has not. */
  | { readonly kind: 'decided'; readonly leg: string; readonly decision: Decision }
  /** Who listens presses the key for picking up. */
  | { readonly kind: 'wants-to-talk'; readonly leg: string }
  /** The leg has ended, or came to nothing. `status`: of the refusal, if it was one. */
  | { readonly kind: 'gone'; readonly leg: string; readonly status?: number }
  /** The screening machine's orders. */
  | { readonly kind: 'connect' | 'disconnect' | 'too-late'; readonly leg: string }
  /** The owner who talks sends the caller on, and will hear how it goes. */
  | { readonly kind: 'transfer'; readonly leg: string }
  /** Nobody could be called for the transfer; or not in time. */
  | { readonly kind: 'transfer-failed'; readonly status: number }
  /** The owner who talks sends the caller to somebody with whom she talks in another call: a leg that is up already. */
  | { readonly kind: 'adopted'; readonly leg: string; readonly phone: string }

/** What is to be done about it. */
export type OwnerOrder =
  /** Call the phones that ring for this call, or the speakers; a `calling` for each follows. */
  | { readonly kind: 'ring-phones' }
  | { readonly kind: 'call-speakers' }
  /** To the screening machine. */
  | { readonly kind: 'act'; readonly act: OwnerAct }
  /** To a phone that has called us. */
  | { readonly kind: 'accept'; readonly leg: string }
  | { readonly kind: 'refuse'; readonly leg: string; readonly status: number }
  /**
   * Stop calling a phone; if it answers in this very moment, that still counts. `elsewhere`: somebody else has the call,
   * so that the phone need not show it as missed (RFC 3326).
   */
  | { readonly kind: 'withdraw'; readonly leg: string; readonly elsewhere: boolean }
  | { readonly kind: 'hang-up'; readonly leg: string; readonly elsewhere: boolean }
  /** The leg hears who calls, and is asked; `decided` follows. */
  | { readonly kind: 'ask'; readonly leg: string }
  /** What a phone's key does, as the page's does: to the machine, and into the audit. */
  | { readonly kind: 'do'; readonly act: 'answer-now' | 'block'; readonly phone: string }
  /** The leg hears the caller. */
  | { readonly kind: 'hear'; readonly leg: string }
  /** The leg and the caller hear each other. */
  | { readonly kind: 'talk'; readonly leg: string }
  /** Tells the phone that wants a transfer how it goes. */
  | { readonly kind: 'tell-transfer'; readonly status: number }
