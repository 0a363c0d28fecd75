import type { Phase } from '../../call/screening.ts'
import { unreachable } from '../../shared/step.ts'
import type { Stage } from './facts.ts'

/** What of the screening machine's phase matters to phones. */
export function stageOf(phase: Phase): Stage {
  switch (phase) {
    case 'new':
      return 'waiting'
    case 'ringing':
      return 'ringing'
    case 'answering':
    case 'greeting':
    case 'beeping':
    case 'recording':
    case 'closing':
      return 'screening'
    case 'connected':
      return 'talking'
    // The owner hears her messages: nobody is to listen to that.
    case 'menu':
    case 'ended':
      return 'over'
    default:
      return unreachable(phase)
  }
}
