import { unreachable } from '../../shared/step.ts'
import type { Problem, RegistrationFact, RegistrationOrder } from './facts.ts'
import { pauseAfterRefusal, pauseAfterSilence, pauseBeforeRefresh } from './pauses.ts'
import type { RegistrationState } from './state.ts'

type Next = readonly [RegistrationState, readonly RegistrationOrder[]]
type In<Kind extends RegistrationState['kind']> = Extract<RegistrationState, { kind: Kind }>

export const newRegistration: RegistrationState = { kind: 'new' }

/**
 * One registration (RFC 3261 §10.2) from its start to its end. The places of a registrar are tried in turn; when none takes
 * us, later again, from a new look-up on. It stands until it is refused or fails to be renewed.
 *
 * @param wishSeconds how long it is asked to last, where the registrar does not want it longer
 */
export function stepRegistration(wishSeconds: number) {
  return (state: RegistrationState, fact: RegistrationFact): Next => {
    if (fact.kind === 'stopped') return stop(state)
    switch (state.kind) {
      case 'new':
        return fact.kind === 'started'
          ? [locating(wishSeconds), [tellRegistering, { kind: 'locate' }]]
          : [state, []]
      case 'locating':
        return whileLocating(state, fact)
      case 'asking':
        return whileAsking(state, fact)
      case 'registered':
        return whileRegistered(state, fact)
      case 'waiting':
        return fact.kind === 'time' ? [{ ...state, kind: 'locating' }, [{ kind: 'locate' }]] : [state, []]
      case 'over':
        return [state, []]
      default:
        return unreachable(state)
    }
  }
}

const tellRegistering: RegistrationOrder = { kind: 'tell', standing: { state: 'registering' } }

function locating(expirySeconds: number): In<'locating'> {
  return { kind: 'locating', expirySeconds, failures: 0, refusals: 0 }
}

function stop(state: RegistrationState): Next {
  const over = { kind: 'over' } as const
  switch (state.kind) {
    case 'new':
    case 'over':
      return [over, []]
    case 'registered':
    case 'asking':
      // What is under way may have been taken already.
      return [over, [{ kind: 'stop-timer' }, { kind: 'unregister', place: state.place }]]
    case 'locating':
    case 'waiting':
      return [over, [{ kind: 'stop-timer' }]]
    default:
      return unreachable(state)
  }
}

function whileLocating(state: In<'locating'>, fact: RegistrationFact): Next {
  switch (fact.kind) {
    case 'located':
      return ask({ ...state, kind: 'asking', place: 0, places: fact.places, restMs: 0, isLonger: false })
    case 'not-located':
      return wait(state, fact.problem, fact.chance)
    default:
      return [state, []]
  }
}

function whileAsking(state: In<'asking'>, fact: RegistrationFact): Next {
  const { place, places, expirySeconds } = state
  switch (fact.kind) {
    case 'accepted': {
      const delayMs = pauseBeforeRefresh(fact.expirySeconds, fact.chance)
      return [
        { kind: 'registered', place, places, expirySeconds, failures: state.failures, refusals: 0 },
        [
          { kind: 'set-timer', delayMs },
          { kind: 'tell', standing: { state: 'registered', place } },
        ],
      ]
    }
    case 'too-brief':
      // Once more with what it wants; one that then wants still more is not to be satisfied.
      return fact.leastSeconds > expirySeconds && !state.isLonger
        ? ask({
            ...state,
            expirySeconds: Math.min(fact.leastSeconds, LONGEST_EXPIRY_SECONDS),
            isLonger: true,
          })
        : refuse(state, fact.problem, fact.chance)
    case 'refused':
      return refuse(state, fact.problem, fact.chance)
    // A connection that closes fails the REGISTER on it, and that is what counts here.
    case 'failed': {
      const askedMs = (fact.retryAfterSeconds ?? 0) * 1000
      const restMs = Math.max(state.restMs, Math.min(askedMs, LONGEST_REST_MS))
      if (place + 1 < places) return ask({ ...state, place: place + 1, restMs })
      return wait(state, fact.problem, fact.chance, restMs)
    }
    default:
      return [state, []]
  }
}

/** A day is more than any registrar means by Min-Expires. */
const LONGEST_EXPIRY_SECONDS = 86_400

/** A Retry-After beyond that is a mistake of somebody's. */
const LONGEST_REST_MS = 3_600_000

function whileRegistered(state: In<'registered'>, fact: RegistrationFact): Next {
  const { place, places, expirySeconds } = state
  // What stood until its renewal stands well. A server that takes us and closes at once is not to be asked every 5 s.
  const failures = fact.kind === 'time' ? 0 : state.failures
  const again = { expirySeconds, failures, refusals: 0 }
  switch (fact.kind) {
    case 'time':
    case 'address-changed':
      // At the place that knows us; when it is silent, the others have their turn.
      return ask({ ...again, kind: 'asking', place, places, restMs: 0, isLonger: false }, [
        { kind: 'stop-timer' },
      ])
    case 'flow-closed':
      return wait({ ...again, kind: 'locating' }, fact.problem, fact.chance)
    default:
      return [state, []]
  }
}

function ask(state: In<'asking'>, before: readonly RegistrationOrder[] = []): Next {
  const { place, expirySeconds } = state
  return [state, [...before, { kind: 'register', place, expirySeconds }]]
}

type Tried = In<'locating'> | In<'asking'>

function wait(state: Tried, problem: Problem, chance: number, leastMs = 0): Next {
  const failures = state.failures + 1
  return pause({ ...state, failures }, problem, Math.max(pauseAfterSilence(failures, chance), leastMs))
}

function refuse(state: Tried, problem: Problem, chance: number): Next {
  const refusals = state.refusals + 1
  return pause({ ...state, refusals }, problem, pauseAfterRefusal(refusals, chance))
}

function pause({ expirySeconds, failures, refusals }: Tried, problem: Problem, delayMs: number): Next {
  return [
    { kind: 'waiting', expirySeconds, failures, refusals },
    [
      { kind: 'set-timer', delayMs },
      { kind: 'tell', standing: { state: 'failing', problem } },
    ],
  ]
}
