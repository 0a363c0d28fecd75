import type { GateEnd } from '../shared/caller-gate.ts'

/** What is to be done about a call: the effects of the screening machine, carried out in order by `machine/`. */
export type Order =
  /** To the caller's leg. */
  | { readonly kind: 'ring' }
  | { readonly kind: 'answer' }
  | { readonly kind: 'refuse'; readonly status: number }
  | { readonly kind: 'hang-up' }
  /** To media. Playing a clip replaces the one that plays; `played` follows at its end. */
  | { readonly kind: 'play'; readonly clip: string }
  /** Of the caller alone for a message or a name, of both sides for a talk. */
  | { readonly kind: 'start-take'; readonly of: 'message' | 'talk' | 'name' }
  | { readonly kind: 'stop-take' }
  /** The caller hears the spoken menu from now on, until it ends (`menu-over`) or is closed. */
  | { readonly kind: 'open-menu' }
  | { readonly kind: 'close-menu' }
  /** To the clock. A timer that fires becomes `ring-time-over`, `message-time-over` or `gate-time-over`. */
  | { readonly kind: 'set-timer'; readonly timer: TimerName; readonly ms: number }
  | { readonly kind: 'cancel-timer'; readonly timer: TimerName }
  /** To the owner's side. Connecting silences whatever clip plays; it takes the place of whoever was connected. */
  | { readonly kind: 'connect'; readonly owner: string }
  | { readonly kind: 'disconnect'; readonly owner: string }
  /** How the caller came past the gate, or did not; before anything that follows from it. Said once. */
  | { readonly kind: 'gate-over'; readonly went: GateEnd }
  /** The call was somebody else's, or is over. */
  | { readonly kind: 'too-late'; readonly owner: string }
  /** The last order of every call. */
  | { readonly kind: 'end'; readonly ending: Ending }

export type TimerName = 'ring' | 'message' | 'gate'

/** How the call ended, before anybody has judged whether a message was left. */
export type Ending =
  | 'abandoned' // the caller cancelled while it rang
  | 'caller-hung-up'
  | 'caller-lost'
  | 'completed' // the machine hung up after the message
  | 'no-room' // no message could be taken
  | 'sent-away' // the owner hung up on the caller, or blocked it, or had blocked it before
  | 'let-in' // the owner heard the spoken menu
  | 'talked' // picked up, and the talk is over

/** Clips that ship with the project; media knows them by these names. */
export const BEEP = 'beep'
/** "Your message has reached its longest length. Thank you, goodbye." */
export const TIME_OVER = 'time-over'
/** "Thank you. Goodbye." */
export const GOODBYE = 'goodbye'
/** "No message can be taken at the moment. Please call again later." */
export const NO_ROOM = 'no-room'
/** "To be put through, please press N." */
export const gateKey = (digit: string) => `gate-key-${digit}`
/** "Please say your name after the beep. Then you will be put through." */
export const GATE_NAME = 'gate-name'
/** "Sorry, you can not be put through. You may leave a message after the beep." */
export const NOT_PUT_THROUGH = 'not-put-through'
/** "Call from": what the owner hears before the name that a caller has said. */
export const CALL_FROM = 'call-from'
/** "To take it, press 1. To send it to the machine, press 2. To block the caller, press 3." */
export const TAKE_OR_NOT = 'take-or-not'
/** "Sorry, your call can not be taken. Goodbye." */
export const NOT_TAKEN = 'not-taken'
/** "The machine is switched on now.", "… off now. It answers no call.": what a phone hears that has switched it. */
export const MACHINE_ON = 'machine-on'
export const MACHINE_OFF = 'machine-off'
/** "Do not disturb is switched on now. No phone rings.", "… off now. Phones ring again." */
export const QUIET_ON = 'quiet-on'
export const QUIET_OFF = 'quiet-off'
/** "Sorry, that is not possible at the moment. Please try again." */
export const NOT_SWITCHED = 'not-switched'
