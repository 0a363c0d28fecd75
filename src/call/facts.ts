/** What happened to a call: the events of the screening machine. Facts, never wishes. */
export type Fact = CallerFact | MediaFact | ClockFact | PinFact | StorageFact | OwnerAct

/** What the caller's leg saw. */
export type CallerFact =
  | { readonly kind: 'arrived' }
  /** The caller's ACK: from here on it hears us. */
  | { readonly kind: 'caller-confirmed' }
  /** CANCEL, before the machine answered. */
  | { readonly kind: 'caller-cancelled' }
  /** BYE. */
  | { readonly kind: 'caller-hung-up' }
  /** The signalling broke: no ACK, session expired, transport failed. */
  | { readonly kind: 'caller-lost' }
  | { readonly kind: 'digit'; readonly digit: string }

export type MediaFact =
  /** A clip was played to its end. */
  | { readonly kind: 'played'; readonly clip: string }
  /** The caller has said nothing for as long as the plan allows. `fax`: nor anything before, it is a fax machine. */
  | { readonly kind: 'silent'; readonly fax?: boolean }
  /** The caller speaks, for the first time in a take of a name. */
  | { readonly kind: 'speaking' }
  /** No sound reaches us any more, or the media worker died: nothing more can be heard. */
  | { readonly kind: 'media-lost' }

export type ClockFact = { readonly kind: 'ring-time-over' | 'message-time-over' | 'gate-time-over' }

/** The caller has typed the PIN of the mailbox: it is the owner, who wants the spoken menu. */
export type PinFact = { readonly kind: 'let-in' } | { readonly kind: 'menu-over' }

/** There is no room left to record in. It may be known before the call is answered, or come in the middle. */
export type StorageFact = { readonly kind: 'storage-full' }

/** The owner's deliberate acts: the one door in the glass. `owner` names who did it: a phone, a browser. */
export type OwnerAct =
  | { readonly kind: 'picked-up'; readonly owner: string }
  | { readonly kind: 'owner-hung-up'; readonly owner: string }
  /** The owner who talks has transferred the caller, and `to` has taken the call. */
  | { readonly kind: 'handed-over'; readonly from: string; readonly to: string }
  /** To record the talk, or no longer: the caller hears a beep when it begins. */
  | { readonly kind: 'record-on' }
  | { readonly kind: 'record-off' }
  /** Send the caller to the machine without waiting for the ring time. */
  | { readonly kind: 'answer-now' }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'block' }
