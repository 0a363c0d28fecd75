/**
 * The shape of every state machine here: a pure function from a state and an event (a fact) to the next state and
 * the effects (orders) for the shell to carry out, in order.
 */
export type Step<State, Event, Effect> = (
  state: State,
  event: Event,
) => readonly [next: State, effects: readonly Effect[]]

/**
 * Runs a machine: one event in, all its effects out, then the next event. An event sent while effects are being
 * carried out waits its turn, so a machine never sees itself half-way.
 */
export function runMachine<State, Event, Effect>(
  step: Step<State, Event, Effect>,
  initial: State,
  carryOut: (effect: Effect, state: State) => void,
): { readonly state: State; send(event: Event): void } {
  const waiting: Event[] = []
  let busy = false

  const send = (event: Event): void => {
    waiting.push(event)
    if (busy) return
    busy = true
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [after, effects] = step(machine.state, next)
        machine.state = after
        for (const effect of effects) carryOut(effect, after)
      }
    } finally {
      busy = false
    }
  }

  // A plain property: a getter in a literal makes each machine a slow object of 300 bytes more, and there are many.
  const machine = { state: initial, send }
  return machine
}

/** Makes a switch over a discriminated union exhaustive: it does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable case: ${JSON.stringify(value)}`)
}
