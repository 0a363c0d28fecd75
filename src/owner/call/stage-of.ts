import type { Phase } from '../../call/state.ts'
import { unreachable } from '../../shared/step.ts'
import type { Stage } from './facts.ts'

/**
 * What of the screening machine's phase matters to phones.
 * @param isHeldBack the caller has not passed the gate, and nobody wants to hear of it
 */
export function stageOf(phase: Phase, isHeldBack: boolean): Stage {
  switch (phase) {
    case 'new':
      return 'waiting'
    case 'ringing':
    case 'ringback':
      return 'ringing'
    case 'gate':
      return 'quiet'
    case 'answering':
    case 'greeting':
    case 'beeping':
    case 'recording':
    case 'closing':
      return isHeldBack ? 'quiet' : 'screening'
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
