import type { Fact } from './facts.ts'
import { BEEP, type Order } from './orders.ts'
import type { Connected, Stepped } from './state.ts'

/** The owner and the caller talk; the machine waits for one of them to go, and records if it is told to. */
export function talk(state: Connected, fact: Fact): Stepped {
  switch (fact.kind) {
    case 'picked-up':
      return [state, [{ kind: 'too-late', owner: fact.owner }]]
    case 'owner-hung-up':
      return fact.owner === state.owner ? talked(state, { kind: 'hang-up' }) : [state, []]
    case 'handed-over':
      if (fact.from !== state.owner) return [state, [{ kind: 'too-late', owner: fact.to }]]
      return [{ ...state, owner: fact.to }, [{ kind: 'connect', owner: fact.to }]]
    case 'record-on':
      if (state.recording) return [state, []]
      return [
        { ...state, recording: true },
        [
          { kind: 'play', clip: BEEP },
          { kind: 'start-take', of: 'talk' },
        ],
      ]
    case 'record-off':
    case 'storage-full':
      return state.recording ? [{ ...state, recording: false }, stopRecording(state)] : [state, []]
    case 'hang-up':
    case 'block':
    case 'media-lost':
      return talked(state, { kind: 'hang-up' }, { kind: 'disconnect', owner: state.owner })
    case 'caller-cancelled':
    case 'caller-hung-up':
    case 'caller-lost':
      return talked(state, { kind: 'disconnect', owner: state.owner })
    default:
      return [state, []]
  }
}

function talked(state: Connected, ...orders: readonly Order[]): Stepped {
  return [{ phase: 'ended' }, [...stopRecording(state), ...orders, { kind: 'end', ending: 'talked' }]]
}

function stopRecording({ recording }: Connected): readonly Order[] {
  return recording ? [{ kind: 'stop-take' }] : []
}
