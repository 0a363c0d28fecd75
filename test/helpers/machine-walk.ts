import { expect } from 'vitest'
import type { Step } from '../../src/shared/step.ts'

interface State {
  readonly kind: string
}
interface Kind {
  readonly kind: string
}

export interface Walk<Event, Effect> {
  /** What is sent to the machine, in order. A `timer` event is left out when that timer is not running. */
  readonly events: readonly Event[]
  /** States that may last without a timer, because the machine's user has to act. */
  readonly waitsForUser: (state: State) => boolean
  /** The timers that may run in each state; none in a state that is not named. */
  readonly timers: Readonly<Record<string, string>>
  readonly effects: Effect[]
}

const MOST_TIMERS = 200

/**
 * Leads a transaction machine along a path and then lets every timer run out. Whatever the path: no state is stuck, a
 * terminated machine says nothing more and leaves no timer. Returns all effects.
 */
export function walk<S extends State, Event extends Kind, Effect extends Kind>(
  step: Step<S, Event, Effect>,
  start: S,
  { events, waitsForUser, timers }: Omit<Walk<Event, Effect>, 'effects'>,
): { readonly state: S; readonly effects: readonly Effect[] } {
  const running = new Set<string>()
  const all: Effect[] = []
  let state = start

  const send = (event: Event) => {
    const before = state.kind
    const [next, effects] = step(state, event)
    state = next
    if (before === 'terminated') expect(effects, 'effects after the end').toEqual([])
    for (const effect of effects) {
      if ('timer' in effect) running.add(String(effect.timer))
      if (effect.kind === 'stop-timers' || effect.kind === 'terminated') running.clear()
    }
    all.push(...effects)
    expect(effects.some(({ kind }) => kind === 'terminated')).toBe(
      state.kind === 'terminated' && before !== 'terminated',
    )
    const lives = running.size > 0 || waitsForUser(state)
    if (state.kind !== 'terminated') expect(lives, `stuck in ${state.kind}`).toBe(true)
    const allowed = timers[state.kind] ?? ''
    expect(
      [...running].filter((letter) => !allowed.includes(letter)),
      `timers in ${state.kind}`,
    ).toEqual([])
  }
  const fire = (timer: string) => {
    running.delete(timer)
    send({ kind: 'timer', timer } as unknown as Event)
  }

  for (const event of events) {
    if (!('timer' in event)) send(event)
    else if (running.has(String(event.timer))) fire(String(event.timer))
  }
  // Every retransmission timer first, then those that end: each fires in the order of its setting, like equal delays would.
  for (let fired = 0; running.size > 0; fired++) {
    expect(fired, 'timers that never end').toBeLessThan(MOST_TIMERS)
    const [oldest = ''] = running
    fire(oldest)
  }
  return { state, effects: all }
}
