import type { Ending } from '../call/orders.ts'
import { saidNothing } from '../mailbox/machines/said-nothing.ts'
import type { Kept } from '../mailbox/mailbox.ts'
import { unreachable } from '../shared/step.ts'
import type { CallOutcome } from '../store/model.ts'

/** How a call went, for its row: a message that was kept outweighs how the call ended. */
export function outcomeOf(ending: Ending, kept: Kept | undefined): CallOutcome {
  if (ending === 'talked') return 'picked-up'
  if (ending === 'let-in') return 'let-in'
  if (kept?.kind === 'message' && !saidNothing(kept.message)) return 'message'
  switch (ending) {
    case 'abandoned':
      return 'abandoned'
    case 'caller-hung-up':
    case 'completed':
      return 'hung-up'
    case 'caller-lost':
      return 'failed'
    case 'no-room':
    case 'sent-away':
      return 'refused'
    default:
      return unreachable(ending)
  }
}
