import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem, RegistrationFact, RegistrationOrder } from './facts.ts'
import type { RegistrationState } from './state.ts'
import { newRegistration, stepRegistration } from './step.ts'

const step = stepRegistration(600)
const problem: Problem = { code: 'AP_REGISTRAR_SILENT', detail: 'udp 192.0.2.9:5060' }
const chance = 0.5
const failed: RegistrationFact = { kind: 'failed', problem, chance }
const refused: RegistrationFact = { kind: 'refused', problem, chance }
const accepted = (expirySeconds = 600): RegistrationFact => ({ kind: 'accepted', expirySeconds, chance })
const located = (places = 1): RegistrationFact => ({ kind: 'located', places })

/** Runs facts, and says in words what was ordered at each. */
function run(...facts: RegistrationFact[]): string[] {
  let state: RegistrationState = newRegistration
  return facts.map((fact) => {
    const [next, orders] = step(state, fact)
    state = next
    return orders.map(wordsOf).join(', ')
  })
}

function wordsOf(order: RegistrationOrder): string {
  switch (order.kind) {
    case 'register':
      return `register ${order.place} ${order.expirySeconds}`
    case 'unregister':
      return `unregister ${order.place}`
    case 'set-timer':
      return `timer ${Math.round(order.delayMs / 1000)}`
    case 'tell':
      return order.standing.state
    default:
      return order.kind
  }
}

describe('a registration', () => {
  it('is made, and renewed long before it ends (RFC 3261 §10.2.4)', () => {
    expect(run({ kind: 'started' }, located(), accepted(), { kind: 'time' }, accepted(120))).toEqual([
      'registering, locate',
      'register 0 600',
      'timer 456, registered',
      'stop-timer, register 0 600',
      'timer 76, registered',
    ])
  })

  it('goes on to the next place of the registrar, and looks it up again when none answers (RFC 3263 §4.3)', () => {
    expect(
      run({ kind: 'started' }, located(2), failed, failed, { kind: 'time' }, located(2), accepted()),
    ).toEqual([
      'registering, locate',
      'register 0 600',
      'register 1 600',
      'timer 4, failing',
      'locate',
      'register 0 600',
      'timer 456, registered',
    ])
  })

  it('waits ever longer, but never more than two minutes, for a registrar that is silent', () => {
    const round: RegistrationFact[] = [located(), failed, { kind: 'time' }]
    const pauses = run({ kind: 'started' }, ...Array.from({ length: 8 }, () => round).flat())
      .filter((words) => words.startsWith('timer'))
      .map((words) => Number(/\d+/.exec(words)?.[0]))
    expect(pauses).toEqual([4, 8, 15, 30, 60, 90, 90, 90])
  })

  it('waits longer still after a refusal, so that nobody locks us out', () => {
    const round: RegistrationFact[] = [located(), refused, { kind: 'time' }]
    const pauses = run({ kind: 'started' }, ...Array.from({ length: 7 }, () => round).flat())
      .filter((words) => words.startsWith('timer'))
      .map((words) => Number(/\d+/.exec(words)?.[0]))
    expect(pauses).toEqual([45, 90, 180, 360, 675, 675, 675])
  })

  it('asks no other place after a refusal', () => {
    expect(run({ kind: 'started' }, located(3), refused)[2]).toBe('timer 45, failing')
  })

  it('leaves a server alone for as long as it asks (RFC 3261 §20.33), an hour at most', () => {
    const rest = (retryAfterSeconds: number) =>
      run({ kind: 'started' }, located(2), { ...failed, retryAfterSeconds }, failed)[3]
    expect(rest(300)).toBe('timer 300, failing')
    expect(rest(99_999)).toBe('timer 3600, failing')
  })

  it('asks for as long as the registrar wants, once (RFC 3261 §10.2.8)', () => {
    const brief = (leastSeconds: number): RegistrationFact => ({
      kind: 'too-brief',
      leastSeconds,
      problem,
      chance,
    })
    expect(
      run({ kind: 'started' }, located(), brief(1800), accepted(1800), { kind: 'time' }, brief(900)),
    ).toEqual([
      'registering, locate',
      'register 0 600',
      'register 0 1800',
      'timer 1368, registered',
      'stop-timer, register 0 1800',
      'timer 45, failing',
    ])
  })

  it('is made anew when its connection closes (RFC 5626 §4.2.1)', () => {
    const closed: RegistrationFact = { kind: 'flow-closed', problem, chance: 0 }
    expect(run({ kind: 'started' }, located(), accepted(), closed, { kind: 'time' }).slice(3)).toEqual([
      'timer 3, failing',
      'locate',
    ])
  })

  it('does not insist at a server that takes us and closes each time, nor on one that is never content', () => {
    const closed: RegistrationFact = { kind: 'flow-closed', problem, chance }
    const round: RegistrationFact[] = [located(), accepted(), closed, { kind: 'time' }]
    const pauses = run({ kind: 'started' }, ...Array.from({ length: 7 }, () => round).flat())
      .filter((words) => words.endsWith('failing'))
      .map((words) => Number(/\d+/.exec(words)?.[0]))
    expect(pauses).toEqual([4, 8, 15, 30, 60, 90, 90])
    const brief = (leastSeconds: number): RegistrationFact => ({
      kind: 'too-brief',
      leastSeconds,
      problem,
      chance,
    })
    expect(run({ kind: 'started' }, located(), brief(700), brief(800)).at(-1)).toBe('timer 45, failing')
    expect(run({ kind: 'started' }, located(), accepted(1)).at(-1)).toBe('timer 10, registered')
  })

  it('is moved at once when the world sees us elsewhere', () => {
    expect(run({ kind: 'started' }, located(), accepted(), { kind: 'address-changed' })[3]).toBe(
      'stop-timer, register 0 600',
    )
  })

  it('is taken away where it may stand, and nothing happens after that', () => {
    const stop: RegistrationFact = { kind: 'stopped' }
    expect(run({ kind: 'started' }, located(), accepted(), stop, { kind: 'time' }, stop).slice(3)).toEqual([
      'stop-timer, unregister 0',
      '',
      '',
    ])
    expect(run({ kind: 'started' }, located(), stop)[2]).toBe('stop-timer, unregister 0')
    expect(run({ kind: 'started' }, stop)[1]).toBe('stop-timer')
    expect(run(stop)).toEqual([''])
  })
})

const anyFact: fc.Arbitrary<RegistrationFact> = fc.oneof(
  fc.constant<RegistrationFact>({ kind: 'time' }),
  fc.record({ kind: fc.constant('located' as const), places: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    kind: fc.constant('not-located' as const),
    problem: fc.constant(problem),
    chance: fc.double({ min: 0, max: 0.99, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('accepted' as const),
    expirySeconds: fc.integer({ min: 1, max: 100_000 }),
    chance: fc.double({ min: 0, max: 0.99, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('failed' as const),
    problem: fc.constant(problem),
    chance: fc.double({ min: 0, max: 0.99, noNaN: true }),
    retryAfterSeconds: fc.nat(),
  }),
  fc.constant(refused),
  fc.record({
    kind: fc.constant('too-brief' as const),
    leastSeconds: fc.nat(100_000),
    problem: fc.constant(problem),
    chance: fc.constant(0.5),
  }),
  fc.constant<RegistrationFact>({ kind: 'flow-closed', problem, chance }),
  fc.constant<RegistrationFact>({ kind: 'address-changed' }),
)

it('in whatever order things happen: it always has something to wait for, and asks no place that is not there', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 60 }), (facts) => {
      let [state] = step(newRegistration, { kind: 'started' })
      let isTimerSet = false
      for (const fact of facts) {
        // A timer that is not set can't ring.
        if (fact.kind === 'time' && !isTimerSet) continue
        if (fact.kind === 'time') isTimerSet = false
        const [next, orders] = step(state, fact)
        for (const order of orders) {
          if (order.kind === 'set-timer') {
            isTimerSet = true
            expect(order.delayMs).toBeGreaterThan(0)
            expect(order.delayMs).toBeLessThanOrEqual(Math.max(3_600_000, 100_000_000))
          }
          if (order.kind === 'stop-timer') isTimerSet = false
          if (order.kind === 'register' && next.kind === 'asking')
            expect(order.place).toBeLessThan(next.places)
        }
        state = next
        if (state.kind === 'registered' || state.kind === 'waiting') expect(isTimerSet).toBe(true)
      }
    }),
  )
})
