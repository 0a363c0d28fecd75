import type { FlowStats, MediaSession } from '../../media/engine.ts'
import type { RecordedTake } from '../../media/recorder/recorder.ts'
import type { DialogReference, HeaderLine, Referral } from '../../sip/endpoint.ts'

/** What a leg reports: one callback, facts in order. */
export type LegEvent =
  /** Whom we call rings. `heard`: sound comes already, ringing or an announcement, and is to be heard in place of our own. */
  | { readonly kind: 'rings'; readonly heard?: true }
  /** Sound can flow: a phone that we called has answered, or one that calls us may be answered. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'digit'; readonly digit: string }
  /** A clip was played to it to its end. */
  | { readonly kind: 'played'; readonly mark: string }
  /** A take of what it says has ended; undefined: nothing of it is left. May come after `gone`. */
  | { readonly kind: 'take-ended'; readonly take: RecordedTake | undefined }
  /** The phone wants its call to go to somebody else (RFC 3515). Accept or refuse it once. */
  | {
      readonly kind: 'transfer'
      readonly to: string
      readonly replaces?: DialogReference
      accept(): Referral
      refuse(status: number): void
    }
  /** Nothing comes after this one. `status`: of the refusal, if it was one. `causes`: values of Reason (RFC 3326). */
  | { readonly kind: 'gone'; readonly status?: number; readonly causes?: readonly string[] }

/** One phone of the owner's in one call: its dialog and its sound. */
export interface Leg {
  readonly phone: string
  /** The leg's dialog, for RFC 3891's Replaces; the remote tag comes with the first response. */
  readonly dialog: {
    readonly callId: string
    readonly localTag: string
    readonly remoteTag: string | undefined
  }
  /** Where its sound comes in and goes out; undefined before `ready` and after `gone`. */
  readonly session: MediaSession | undefined
  onEvent: (event: LegEvent) => void
  /** 180, to a phone that calls us; 183 where it is to hear what comes already, if it can. */
  ring(heard?: boolean): void
  /** 200, to a phone that calls us and is `ready`. */
  accept(): void
  /** Refuses a phone that calls us. */
  refuse(status: number, headers?: readonly HeaderLine[]): void
  /** Stops calling a phone; if it has answered in this moment, that still counts: `ready` comes. */
  withdraw(elsewhere: boolean): void
  hangUp(elsewhere: boolean, headers?: readonly HeaderLine[]): void
  /** Resolves when the leg's port is free, with its statistics. */
  readonly closed: Promise<FlowStats | undefined>
}

/**
 * RFC 3326, with the cause and the words that phones look for: the call was answered elsewhere, so that they don't show
 * it as missed.
 */
export function reasonFor(elsewhere: boolean): readonly (readonly [string, string])[] {
  return elsewhere ? [['Reason', 'SIP;cause=200;text="Call completed elsewhere"']] : []
}
