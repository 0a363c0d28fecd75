import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ask } from '../invite/fact.ts'
import { defaultTimers } from '../transaction/timers.ts'
import type { Effect, Fact, TimerName } from './fact.ts'
import type { SubscriptionState } from './state.ts'
import { stepSubscription } from './step.ts'

const body = (text: string) => () => ({ contentType: 'text/plain', bytes: Buffer.from(text) })

/** What can happen to a subscription, at any time. Where it needs a number, `n` picks one. */
const HAPPENINGS = [
  ...['accept', 'accept', 'reject', 'notify', 'notify', 'notify-again', 'end', 'end-with-body'],
  ...['refresh', 'unsubscribe', 'taken', 'taken', 'postponed', 'failed', 'timer', 'close'],
] as const
const happening = fc.record({ what: fc.constantFrom(...HAPPENINGS), n: fc.nat(9) })

/** The machine with everything that the runner would keep for it, and the laws that hold at each step. */
function modelOf(askedSeconds: number) {
  let state: SubscriptionState = { kind: 'asked', ask: 0, askedSeconds }
  const timersSet = new Set<TimerName>()
  const openAsks = new Set<Ask>([0])
  const ends: string[] = []
  const sent: Extract<Effect, { kind: 'notify' }>[] = []
  let asks = 0
  let underWay = 0
  let taken: string | undefined
  let forgotten = 0

  const carryOut = (effect: Effect): unknown => {
    switch (effect.kind) {
      case 'respond':
      case 'grant':
        expect(openAsks.has(effect.ask), 'a response to nothing, or a second one').toBe(true)
        if (effect.kind === 'grant') expect(effect.seconds).toBeLessThanOrEqual(3600)
        return openAsks.delete(effect.ask)
      case 'notify':
        expect(openAsks.has(0), 'a NOTIFY before the 200').toBe(false)
        expect(++underWay, 'two NOTIFYs at a time').toBe(1)
        expect(sent.at(-1)?.ending, 'a NOTIFY after the last').toBeUndefined()
        return sent.push(effect)
      case 'set-timer':
        expect(['fetching', 'active'], 'a timer is set after the end').toContain(state.kind)
        return timersSet.add(effect.name)
      case 'stop-timers':
        return timersSet.clear()
      case 'report-refreshed':
        return expect(ends, 'a report after the end').toEqual([])
      case 'report-ended':
        return ends.push(effect.why)
      case 'forget':
        expect(state.kind, 'a dialog forgotten before its end').toBe('over')
        return forgotten++
    }
  }
  const send = (fact: Fact): void => {
    const [next, effects] = stepSubscription(state, fact, defaultTimers)
    state = next
    for (const effect of effects) carryOut(effect)
  }
  const subscribe = (askedSeconds: number): void => {
    openAsks.add(++asks)
    send({ kind: 'subscribe', ask: asks, askedSeconds })
  }
  const notified = (fact: Fact): void => {
    if (underWay === 0) return
    underWay--
    if (fact.kind === 'notified' && fact.outcome === 'taken')
      taken = sent.at(-1)?.makeBody?.().bytes.toString()
    send(fact)
  }

  const happen = (what: (typeof HAPPENINGS)[number], n: number): void => {
    switch (what) {
      case 'accept':
        return send({ kind: 'accept', limitSeconds: n === 0 ? 0 : 600 * n })
      case 'reject':
        return n === 0 ? send({ kind: 'reject', status: 489, headers: [] }) : undefined
      case 'notify':
        return send({ kind: 'notify', makeBody: body(`${n}`) })
      case 'notify-again':
        return send({ kind: 'notify-again' })
      case 'end':
      case 'end-with-body':
        return n > 3
          ? undefined
          : send({ kind: 'end', reason: 'noresource', ...(what !== 'end' && { makeBody: body('end') }) })
      case 'refresh':
        return subscribe(60 * (n + 1))
      case 'unsubscribe':
        return n > 4 ? undefined : subscribe(0)
      case 'taken':
        return notified({ kind: 'notified', outcome: 'taken' })
      case 'postponed':
        return notified({ kind: 'notified', outcome: 'postponed', delayMs: 5000 })
      case 'failed':
        return n > 3 ? undefined : notified({ kind: 'notified', outcome: 'failed' })
      case 'timer': {
        const name = [...timersSet][n % Math.max(timersSet.size, 1)]
        if (!name) return
        timersSet.delete(name)
        return send({ kind: 'timer', name })
      }
      case 'close':
        return n === 0 ? send({ kind: 'close' }) : undefined
    }
  }
  return {
    happen,
    send,
    get state() {
      return state
    },
    /** The body of the last NOTIFY that the subscriber took. */
    get taken() {
      return taken
    },
    get forgotten() {
      return forgotten
    },
    timersSet,
    openAsks,
    ends,
    sent,
  }
}

type Model = ReturnType<typeof modelOf>

/** Time goes on, the subscriber is gone or answers, and the user does nothing more. */
function runOut(model: Model, outcome: 'taken' | 'failed'): void {
  if (model.state.kind === 'asked') model.happen('reject', 0)
  for (let turn = 0; turn < 12; turn++) {
    model.happen(outcome, 0)
    model.happen('timer', turn)
  }
}

const run = fc.record({
  askedSeconds: fc.constantFrom(0, 60, 3600),
  happenings: fc.array(happening, { maxLength: 40 }),
  outcome: fc.constantFrom('taken' as const, 'failed' as const),
})

describe('the machine of a subscription, whatever happens in whatever order (RFC 6665 §4.2)', () => {
  it('ends once, answers each SUBSCRIBE once, has one NOTIFY under way, and leaves no timer', () => {
    fc.assert(
      fc.property(run, ({ askedSeconds, happenings, outcome }) => {
        const model = modelOf(askedSeconds)
        for (const { what, n } of happenings) model.happen(what, n)
        runOut(model, outcome)
        expect(model.state.kind).toBe('over')
        expect(model.forgotten).toBe(1)
        expect(model.ends.length).toBeLessThanOrEqual(1)
        expect(model.timersSet.size).toBe(0)
        expect([...model.openAsks].filter((ask) => ask !== 0)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('tells the newest state last, as long as the subscriber takes NOTIFYs', () => {
    fc.assert(
      fc.property(run, ({ happenings }) => {
        const model = modelOf(3600)
        model.happen('accept', 9)
        let newest: string | undefined
        for (const { what, n } of happenings) {
          if (['end', 'end-with-body', 'failed', 'close', 'unsubscribe'].includes(what)) continue
          if (what === 'timer' && !model.timersSet.has('rest')) continue
          if (what === 'notify' && model.state.kind === 'active') newest = `${n}`
          if (what === 'timer') {
            model.timersSet.delete('rest')
            model.send({ kind: 'timer', name: 'rest' })
          } else model.happen(what, n)
        }
        for (let turn = 0; turn < 4; turn++) {
          model.happen('taken', 0)
          if (model.timersSet.delete('rest')) model.send({ kind: 'timer', name: 'rest' })
        }
        expect(model.taken).toBe(newest)
      }),
      { numRuns: 500 },
    )
  })
})
