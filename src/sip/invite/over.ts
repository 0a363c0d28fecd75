import type { Effect, Fact, HeaderList, Report } from './fact.ts'
import type { InviteState, Over } from './state.ts'

type Ended = Extract<Report, { kind: 'ended' }>
type Stepped = readonly [InviteState, readonly Effect[]]

const OVER: Over = { kind: 'over' }

/** Ends the call: `last` is what still has to be said to the other side; no timer survives. */
export function end(ended: Omit<Ended, 'kind'>, ...last: readonly Effect[]): Stepped {
  return [OVER, [{ kind: 'stop-timers' }, ...last, { kind: 'report', report: { kind: 'ended', ...ended } }]]
}

/** A BYE of ours. */
export function bye(headers: HeaderList = []): Effect {
  return { kind: 'bye', headers }
}

/** After the end: a BYE that crossed ours gets 200, whatever else crossed it 481 (RFC 3261 §12.2.2, RFC 5407 §3.2). */
export function stepOver(state: Over, fact: Fact): Stepped {
  switch (fact.kind) {
    case 'bye':
      return [state, [{ kind: 'respond', ask: fact.ask, status: 200 }]]
    case 'info':
    case 'prack':
    case 'update':
    case 'reinvite':
    case 'refer':
    case 'refer-subscribe':
      return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
    default:
      return [state, []]
  }
}
