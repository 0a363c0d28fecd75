import type { FlowStats } from '../media/engine.ts'

/** Whose leg it is; `line`: somebody outside, called through it. */
export interface LegOwner {
  readonly kind: 'phone' | 'line'
  readonly name: string
}

/** Follows the dialogs of phones, for the record of what went over the wire. */
export interface LegWatch {
  /** A call between phones begins, or one out. Names it. */
  houseCall(from: string, dialled: string): string
  houseCallOver(call: string): void
  /** @param dialog the Call-ID of one that has just begun */
  joined(call: string, dialog: string, who: LegOwner): void
  left(call: string, dialog: string, who: LegOwner, stats: FlowStats | undefined): void
}
