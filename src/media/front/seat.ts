import type { FlowStats, MediaEvent } from '../engine.ts'
import type { FromHost, HostLink } from '../worker/messages.ts'

/** The place of one host, which outlives it. */
export interface Slot {
  /** Absent while the host is dead and no other has come yet. */
  link: HostLink | undefined
  readonly seats: Set<Seat>
}

/** A session as the main thread knows it. */
export interface Seat {
  readonly id: number
  readonly slot: Slot
  /** The host that it is on; the slot may have another by now. */
  readonly link: HostLink
  readonly address: string
  readonly port: number
  readonly onEvent: (event: MediaEvent) => void
  onPeak: ((peak: number) => void) | undefined
  readonly opened: PromiseWithResolvers<Pick<FromHost & { kind: 'opened' }, 'port' | 'alsoAt'>>
  readonly closed: PromiseWithResolvers<FlowStats>
}

/** A place whose host lives. */
export type LiveSlot = Slot & { link: HostLink }

export const isUp = (slot: Slot): slot is LiveSlot => slot.link !== undefined
