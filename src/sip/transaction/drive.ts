import type { Clock, Timer } from '../../shared/clock.ts'
import { runMachine, type Step } from '../../shared/step.ts'
import type { CommonEffect } from './effects.ts'

type LetterOf<Effect> =
  Extract<Effect, { kind: 'set-timer' }> extends { timer: infer Letter } ? Letter : never
type TimerEvent<Effect> = { readonly kind: 'timer'; readonly timer: LetterOf<Effect> }

/** A machine at work. */
export interface Driven<Event> {
  send(event: Event): void
  /** Cancels its timers without telling anybody: the layer closes. */
  stop(): void
}

/**
 * Runs a transaction machine on a clock: timers are kept and fed back as events here, every other order goes to
 * `carryOut`, and `onTerminated` comes last.
 */
export function drive<State, Event, Effect extends { readonly kind: string }>(
  clock: Clock,
  step: Step<State, Event | TimerEvent<Effect>, Effect>,
  start: State,
  carryOut: (effect: Exclude<Effect, CommonEffect<string>>) => void,
  onTerminated: () => void,
): Driven<Event> {
  // A transaction has at most two timers at a time, so a list beats a map.
  const timers: { readonly letter: string; timer: Timer }[] = []
  const stop = () => {
    for (const { timer } of timers) timer.cancel()
    timers.length = 0
  }
  const set = (letter: LetterOf<Effect> & string, delayMs: number) => {
    const timer = clock.setTimer(delayMs, () => machine.send({ kind: 'timer', timer: letter }))
    const slot = timers.find((each) => each.letter === letter)
    if (slot) slot.timer = timer
    else timers.push({ letter, timer })
  }

  const machine = runMachine(step, start, (effect) => {
    const order = effect as CommonEffect<LetterOf<Effect> & string> | Exclude<Effect, CommonEffect<string>>
    if (isSetTimer(order)) set(order.timer, order.delayMs)
    else if (order.kind === 'stop-timers') stop()
    else if (order.kind === 'terminated') {
      stop()
      onTerminated()
    } else carryOut(order as Exclude<Effect, CommonEffect<string>>)
  })
  return { send: machine.send, stop }
}

function isSetTimer<Letter extends string>(
  order: CommonEffect<Letter> | { readonly kind: string },
): order is Extract<CommonEffect<Letter>, { kind: 'set-timer' }> {
  return order.kind === 'set-timer'
}
