import type { MenuMessage, Word } from './words.ts'

/** What happened: the events of the menu. */
export type MenuFact =
  | { readonly kind: 'opened' }
  /** The mailbox was read: each list the oldest first. */
  | {
      readonly kind: 'messages'
      readonly fresh: readonly MenuMessage[]
      readonly saved: readonly MenuMessage[]
    }
  | { readonly kind: 'digit'; readonly digit: string }
  /** All that was ordered last has been said; not when it was hushed. */
  | { readonly kind: 'said' }
  /** Nobody pressed a key for as long as was ordered. */
  | { readonly kind: 'idle' }
  /** A greeting was recorded; `heard`: there is a voice in it. */
  | { readonly kind: 'recorded'; readonly heard: boolean }
  | { readonly kind: 'greeting-in-use' }
  /** Whom she called back has not answered, or has gone. */
  | { readonly kind: 'call-over'; readonly answered: boolean }
  /** Whether a call goes on that could be heard; told when it changes. */
  | { readonly kind: 'live'; readonly isThere: boolean }
  /** The call that goes on is heard. */
  | { readonly kind: 'joined' }
  /** It is over, or somebody else has it. */
  | { readonly kind: 'live-over' }
  /** What was ordered could not be done. */
  | { readonly kind: 'failed' }

/** What is to be done, in order. */
export type MenuOrder =
  /** In place of whatever is being said; `said` follows at its end. */
  | { readonly kind: 'say'; readonly words: readonly Word[] }
  /** `messages` or `failed` follows. */
  | { readonly kind: 'read-messages' }
  | { readonly kind: 'mark-heard' | 'delete' | 'restore'; readonly id: string }
  /** Hushes the menu while it lasts; `call-over` follows. */
  | { readonly kind: 'call-back'; readonly number: string }
  /** `joined` or `failed` follows, and `live-over` at its end unless `leave` comes before. */
  | { readonly kind: 'join' }
  | { readonly kind: 'pick-up' | 'leave' }
  /** After a beep. */
  | { readonly kind: 'record-greeting' }
  /** `recorded` follows. */
  | { readonly kind: 'stop-recording' }
  /** `greeting-in-use` or `failed` follows. */
  | { readonly kind: 'use-greeting' }
  | { readonly kind: 'drop-greeting' }
  /** In place of the last one; `idle` follows, unless a key or another order of this kind comes before. */
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'hang-up' }
