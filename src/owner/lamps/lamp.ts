import type { Clock, Timer } from '../../shared/clock.ts'
import { runMachine, unreachable } from '../../shared/step.ts'
import type { Body } from '../../sip/endpoint.ts'
import { type PaceEffect, QUIET, stepPace } from './pace.ts'
import type { Teller } from './teller.ts'

/** One lamp of one subscriber. */
export interface Lamp {
  /** Somebody asks: tells everything, at once. */
  ask(): void
  /** Something may have changed: tells it when it did, at once or after the rest. */
  look(): void
  /** What was told is to be told again, at the usual pace. */
  repeat(): void
  close(): void
}

/** Lights a lamp. `notify` orders a NOTIFY, for which it asks the body when it leaves; it may never come to that. */
export function lightLamp(options: {
  readonly clock: Clock
  readonly teller: Teller
  notify(makeBody: () => Body): void
}): Lamp {
  const { clock, teller } = options
  let rest: Timer | undefined
  const machine = runMachine(stepPace, QUIET, carryOut)

  function makeBody(): Body {
    const body = teller.tell()
    machine.send({ kind: 'left' })
    return body
  }

  function carryOut(effect: PaceEffect): void {
    switch (effect.kind) {
      case 'notify':
        return options.notify(makeBody)
      case 'set-timer':
        rest = clock.setTimer(effect.ms, () => machine.send({ kind: 'rested', differs: teller.differs() }))
        return
      case 'cancel-timer':
        return rest?.cancel()
      default:
        return unreachable(effect)
    }
  }

  const look = () => machine.send({ kind: 'changed', differs: teller.differs() })
  return {
    ask() {
      teller.forget()
      machine.send({ kind: 'asked' })
    },
    look,
    repeat() {
      teller.forget()
      look()
    },
    close: () => machine.send({ kind: 'over' }),
  }
}
