import type { Body } from '../../sip/endpoint.ts'
import { changesSince, hasChanged, type ShownCall } from './dialog-changes.ts'
import { type WatchedDialog, writeDialogInfo } from './dialog-info.ts'
import type { LampCall } from './lamps.ts'
import { type MessageCounts, NO_MESSAGES, writeMessageSummary } from './message-summary.ts'

/** Knows what one subscriber was told, and says what to tell next. */
export interface Teller {
  /** Whether what is true is known, and is not what was told last. */
  differs(): boolean
  /** What is to be told now; from here on it counts as told. */
  tell(): Body
  /** What was told may be lost, or was told to somebody else: next, everything is told. */
  forget(): void
}

/** Tells the counts of messages: always all of them (RFC 3842 §3.5). */
export function createSummaryTeller(options: {
  /** Undefined while they are not known. */
  counts(): MessageCounts | undefined
  readonly account?: string
}): Teller {
  let told: MessageCounts | undefined
  return {
    differs() {
      const counts = options.counts()
      return counts !== undefined && (counts.new !== told?.new || counts.heard !== told.heard)
    },
    tell() {
      told = options.counts() ?? told
      return writeMessageSummary(told ?? NO_MESSAGES, options.account)
    },
    forget() {
      told = undefined
    },
  }
}

/**
 * Tells whether a switch's key shines, as a dialog that goes on or is over, always under the same id: as Asterisk tells the
 * state of a device that is none, which phones with keys know.
 */
export function createSwitchTeller(options: {
  readonly entity: string
  readonly id: string
  shines(): boolean
}): Teller {
  const { entity, id } = options
  let version = 0
  let told: boolean | undefined
  return {
    differs: () => told !== options.shines(),
    tell() {
      told = options.shines()
      const dialogs = [{ id, state: told ? 'confirmed' : 'terminated' } as const]
      return writeDialogInfo({ entity, version: version++, state: 'full', dialogs })
    },
    forget() {
      told = undefined
    },
  }
}

/** Tells calls, first all and then what changed, in documents that are numbered from 0 (RFC 4235 §4.1, RFC 6665 §5.3.2). */
export function createDialogTeller(options: {
  readonly entity: string
  calls(): readonly LampCall[]
  describe(call: ShownCall): WatchedDialog
}): Teller {
  let version = 0
  let told: readonly LampCall[] | undefined
  return {
    differs: () => hasChanged(told, options.calls()),
    tell() {
      const calls = options.calls()
      const { scope, calls: shown } = changesSince(told, calls)
      told = calls
      const dialogs = shown.map(options.describe)
      return writeDialogInfo({ entity: options.entity, version: version++, state: scope, dialogs })
    },
    forget() {
      told = undefined
    },
  }
}
