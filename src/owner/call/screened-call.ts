import type { OwnerAct } from '../../call/facts.ts'
import type { MediaSession } from '../../media/engine.ts'
import type { ShownCaller } from '../ringing-request.ts'

/** What the owner's side notes down of itself, for the audit. */
export type Note = 'listened-in' | 'picked-up' | 'transferred'

/** A call as the owner's side sees it: through the glass, and with the door that `act` is. */
export interface ScreenedCall {
  readonly id: string
  readonly lineName: string
  readonly mailboxId: string
  readonly caller: ShownCaller
  /** Whether this phone may ring for it, and play it aloud: a rule may have said which. Any may pick up. */
  mayRing(phone: string): boolean
  readonly arrivedAt: number
  /** The dialog of the caller's leg: what dialog-info shows, and Replaces and Join name. */
  readonly dialog: { readonly callId: string; readonly localTag: string; readonly remoteTag: string }
  /** Where the caller's sound comes in; undefined before there is any. */
  readonly session: MediaSession | undefined
  /** Whoever's phone rings hears who calls, before she has the call: the caller had to say a name. */
  readonly isAnnounced: boolean
  /** The clips by which she hears it. Never rejects. */
  announcement(): Promise<readonly string[]>
  /** To the screening machine. */
  act(act: OwnerAct): void
  /** A phone's key was pressed for it: the act, and all that goes with it. */
  do(act: 'answer-now' | 'block', phone: string): void
  /** The caller hears what comes in there; nothing of it, when undefined. */
  hear(from: MediaSession | undefined): void
  /** Who rings, listens or talks may have changed. */
  changed(): void
  /** `by`: who had the phone called for it, if it was not the phone's own doing. */
  note(what: Note, phone: string, by: string | undefined): void
}
