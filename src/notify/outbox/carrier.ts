import type { Delivery, Target, TargetKind } from '../../store/model.ts'

/** How a try went. */
export type Outcome =
  | { readonly kind: 'taken' }
  /** Worth trying again. `afterMs`: not before, as the receiver wishes. */
  | { readonly kind: 'later'; readonly why: string; readonly afterMs?: number }
  /** It is this event that is refused, and would be again. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The receiver wants to hear nothing any more. */
  | { readonly kind: 'gone'; readonly why: string }

/** What is sent. */
export interface Parcel extends Pick<Delivery, 'id' | 'subject' | 'at'> {
  /** `test`: its owner tries the target out. */
  readonly event: Delivery['event'] | 'test'
  readonly body: string
}

/** Carries events to targets of one kind. */
export interface Carrier {
  readonly kind: TargetKind
  /** It leaves its targets in peace during the quiet hours of the house. */
  readonly heedsQuiet: boolean
  /** Never rejects, and takes no longer than a minute. */
  carry(target: Target, parcel: Parcel): Promise<Outcome>
}
