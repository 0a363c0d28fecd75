import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from './facts.ts'
import { BEEP, GATE_NAME, gateKey, NOT_PUT_THROUGH, NOT_TAKEN, type Order } from './orders.ts'
import type { Plan } from './plan.ts'
import { stepScreening } from './screening.ts'
import type { Phase, ScreeningState } from './state.ts'

const RING_TONE = 'ring-tone'
const KEY: Plan = {
  refusal: null,
  answers: true,
  gate: { kind: 'key', digit: '5', ringTone: RING_TONE },
  ringMs: 18_000,
  greeting: 'hello',
  language: 'en',
  longestMs: 180_000,
  shortestMs: 1000,
  silenceMs: null,
}
const NAME: Plan = { ...KEY, gate: { kind: 'name', ringTone: RING_TONE } }

const played = (clip: string): Fact => ({ kind: 'played', clip })
const digit = (key: string): Fact => ({ kind: 'digit', digit: key })
const ASKED_KEY = played(gateKey('5'))
const ASKED_NAME = played(GATE_NAME)
const BEEPED = played(BEEP)
const SPEAKING: Fact = { kind: 'speaking' }
const SILENT: Fact = { kind: 'silent' }
const FAX: Fact = { kind: 'silent', fax: true }
const GATE_TIME: Fact = { kind: 'gate-time-over' }
const RING_TIME: Fact = { kind: 'ring-time-over' }
const FULL: Fact = { kind: 'storage-full' }
const PICKED_UP: Fact = { kind: 'picked-up', owner: 'desk' }
const BEGUN: Fact[] = [{ kind: 'arrived' }, { kind: 'caller-confirmed' }]
const LISTENING: Fact[] = [...BEGUN, ASKED_NAME, BEEPED]

function run(plan: Plan, facts: readonly Fact[]): { phase: Phase; orders: string[] } {
  let state: ScreeningState = { phase: 'new', plan }
  const orders: string[] = []
  for (const fact of facts) {
    const [next, given] = stepScreening(state, fact)
    state = next
    orders.push(...given.map((order: Order) => Object.values(order).join(' ')))
  }
  return { phase: state.phase, orders }
}

function last(plan: Plan, facts: readonly Fact[]): string[] {
  return run(plan, facts).orders.slice(run(plan, facts.slice(0, -1)).orders.length)
}

const RINGS = [`play ${RING_TONE}`, 'set-timer ring 18000']
const TURNED_AWAY = `play ${NOT_PUT_THROUGH}`

describe('a caller who has to press a key', () => {
  it('is answered at once, and asked', () => {
    expect(run(KEY, BEGUN)).toEqual({ phase: 'gate', orders: ['answer', `play ${gateKey('5')}`] })
  })

  it('hears it ring when the key is right, in the middle of the question or after it', () => {
    expect(last(KEY, [...BEGUN, digit('5')])).toEqual(['gate-over passed', ...RINGS])
    expect(last(KEY, [...BEGUN, ASKED_KEY, digit('5')])).toEqual([
      'gate-over passed',
      'cancel-timer gate',
      ...RINGS,
    ])
    expect(run(KEY, [...BEGUN, digit('5')]).phase).toBe('ringback')
  })

  it('is greeted at once behind the gate where the ring time is 0', () => {
    expect(last({ ...KEY, ringMs: 0 }, [...BEGUN, digit('5')])).toEqual(['gate-over passed', 'play hello'])
  })

  it('is asked again after a wrong key, and not a fourth time', () => {
    const again = [`play ${gateKey('5')}`]
    expect(last(KEY, [...BEGUN, digit('1')])).toEqual(again)
    expect(last(KEY, [...BEGUN, digit('1'), ASKED_KEY, digit('*')])).toEqual(['cancel-timer gate', ...again])
    expect(last(KEY, [...BEGUN, digit('1'), digit('2'), digit('3')])).toEqual([
      'gate-over failed',
      TURNED_AWAY,
    ])
  })

  it('is asked three times when nothing is typed', () => {
    const silence = [ASKED_KEY, GATE_TIME]
    expect(last(KEY, [...BEGUN, ...silence, ...silence]).at(-1)).toBe(`play ${gateKey('5')}`)
    expect(last(KEY, [...BEGUN, ...silence, ...silence, ...silence])).toEqual([
      'gate-over failed',
      'cancel-timer gate',
      TURNED_AWAY,
    ])
  })

  it('may leave a message all the same', () => {
    const facts = [...BEGUN, digit('1'), digit('2'), digit('3'), played(NOT_PUT_THROUGH), BEEPED]
    expect(run(KEY, facts)).toMatchObject({ phase: 'recording' })
    expect(last(KEY, facts)).toEqual(['start-take message', 'set-timer message 180000'])
  })
})

describe('a caller who has to say a name', () => {
  it('is asked, and heard after a beep', () => {
    expect(run(NAME, LISTENING).orders).toEqual([
      'answer',
      `play ${GATE_NAME}`,
      `play ${BEEP}`,
      'start-take name',
      'set-timer gate 10000',
    ])
  })

  it('may skip the question with #', () => {
    expect(last(NAME, [...BEGUN, digit('#')])).toEqual([`play ${BEEP}`])
  })

  it.each([
    ['a pause', SILENT],
    ['#', digit('#')],
  ])('has said it at %s', (_, end) => {
    expect(last(NAME, [...LISTENING, SPEAKING])).toEqual(['cancel-timer gate', 'set-timer gate 6000'])
    expect(last(NAME, [...LISTENING, SPEAKING, end])).toEqual([
      'gate-over passed',
      'cancel-timer gate',
      'stop-take',
      ...RINGS,
    ])
  })

  it.each([
    ['says nothing', [SILENT]],
    ['is a fax machine', [SPEAKING, FAX]],
    ['types # in place of it', [digit('#')]],
    ['speaks without a pause, as a recorded call does', [SPEAKING, GATE_TIME]],
  ])('and %s is asked once more, and then not put through', (_, said) => {
    expect(last(NAME, [...LISTENING, ...said])).toEqual([
      'cancel-timer gate',
      'stop-take',
      `play ${GATE_NAME}`,
    ])
    const twice = [...LISTENING, ...said, ASKED_NAME, BEEPED, ...said]
    expect(last(NAME, twice)).toEqual(['gate-over failed', 'cancel-timer gate', 'stop-take', TURNED_AWAY])
  })

  it('is put through without one where nothing can be recorded, and told so in place of the greeting', () => {
    const facts = [...LISTENING, FULL]
    expect(last(NAME, facts)).toEqual(['gate-over passed', 'cancel-timer gate', 'stop-take', ...RINGS])
    expect(last(NAME, [...facts, RING_TIME])).toEqual(['cancel-timer ring', 'play no-room'])
  })
})

describe('behind the gate', () => {
  const RINGING = [...BEGUN, digit('5')]

  it('it rings on until the ring time is over, and then the caller is greeted', () => {
    expect(last(KEY, [...RINGING, played(RING_TONE)])).toEqual([`play ${RING_TONE}`])
    expect(last(KEY, [...RINGING, RING_TIME])).toEqual(['cancel-timer ring', 'play hello'])
    expect(last(KEY, [...RINGING, { kind: 'answer-now' }])).toEqual(['cancel-timer ring', 'play hello'])
  })

  it('the owner picks up, with no second answer', () => {
    expect(last(KEY, [...RINGING, PICKED_UP])).toEqual(['cancel-timer ring', 'connect desk'])
  })

  it.each(['hang-up', 'block'] as const)(
    'the owner sends the caller away by %s: with a last word',
    (kind) => {
      expect(last(KEY, [...RINGING, { kind }])).toEqual(['cancel-timer ring', `play ${NOT_TAKEN}`])
      expect(last(KEY, [...RINGING, { kind }, played(NOT_TAKEN)])).toEqual(['hang-up', 'end sent-away'])
    },
  )
})

describe('the owner does not wait until the gate is passed', () => {
  it('picks up', () => {
    expect(last(NAME, [...LISTENING, PICKED_UP])).toEqual([
      'gate-over opened',
      'cancel-timer gate',
      'stop-take',
      'connect desk',
    ])
  })

  it('lets the machine greet', () => {
    expect(last(KEY, [...BEGUN, { kind: 'answer-now' }])).toEqual(['gate-over opened', 'play hello'])
  })

  it('calls from elsewhere, and is let in by the PIN', () => {
    expect(last(KEY, [...BEGUN, ASKED_KEY, { kind: 'let-in' }])).toEqual(['cancel-timer gate', 'open-menu'])
  })
})

/** What happens by itself next: the timer that runs, or else the end of what is played. */
class World {
  state: ScreeningState
  readonly orders: Order[] = []
  readonly timers = new Map<string, number>()
  playing: string | undefined
  elapsedMs = 0

  constructor(plan: Plan) {
    this.state = { phase: 'new', plan }
    for (const fact of BEGUN) this.send(fact)
  }

  send(fact: Fact): void {
    const [next, orders] = stepScreening(this.state, fact)
    this.state = next
    this.orders.push(...orders)
    for (const order of orders) {
      if (order.kind === 'set-timer') this.timers.set(order.timer, order.ms)
      if (order.kind === 'cancel-timer') this.timers.delete(order.timer)
      if (order.kind === 'play') this.playing = order.clip
    }
  }

  /** False when nothing more happens by itself. */
  goOn(): boolean {
    const [timer] = this.timers
    if (timer) {
      const [name, ms] = timer
      this.timers.delete(name)
      this.elapsedMs += ms
      this.send({ kind: `${name as 'gate'}-time-over` })
      return true
    }
    if (this.playing === undefined) return false
    this.elapsedMs += 6000
    this.send({ kind: 'played', clip: this.playing })
    return true
  }
}

describe('whatever a caller does who stays on the line', () => {
  const doings = fc.array(
    fc.oneof(
      ...[ASKED_KEY, ASKED_NAME, BEEPED, SPEAKING, SILENT, FAX, GATE_TIME, RING_TIME, FULL].map(fc.constant),
      ...['5', '1', '#', '*'].map((key) => fc.constant(digit(key))),
      fc.constant('wait' as const),
    ),
    { maxLength: 30 },
  )

  it('is recorded or told why not, hung up on once, and no timer, take or order is left', () => {
    fc.assert(
      fc.property(doings, fc.constantFrom(KEY, NAME), fc.constantFrom(0, 18_000), (given, plan, ringMs) => {
        const world = new World({ ...plan, ringMs })
        for (const doing of given)
          if (doing === 'wait') world.goOn()
          else if (doing.kind !== 'gate-time-over' || world.timers.delete('gate')) world.send(doing)
        // A question is put five times at most.
        for (let step = 0; step < 40 && world.state.phase !== 'ended'; step++) world.goOn()
        const orders = world.orders.map((order) => Object.values(order).join(' '))
        expect(world.state.phase).toBe('ended')
        expect(orders.filter((order) => order.startsWith('end '))).toHaveLength(1)
        expect(orders.at(-1)).toMatch(/^end (completed|no-room)$/)
        expect(orders.some((order) => order === 'start-take message' || order === 'play no-room')).toBe(true)
        expect(orders.filter((order) => order.startsWith('gate-over'))).toHaveLength(1)
        expect(world.timers.size).toBe(0)
        const running = orders.filter((order) => order.startsWith('start-take')).length
        expect(orders.filter((order) => order === 'stop-take')).toHaveLength(running)
      }),
      { numRuns: 3000 },
    )
  })

  it('is through the gate, or not, within two minutes', () => {
    fc.assert(
      fc.property(doings, fc.constantFrom(KEY, NAME), (given, plan) => {
        const world = new World(plan)
        for (const doing of given) {
          if (world.state.phase !== 'gate') break
          if (doing === 'wait') world.goOn()
          else if (!doing.kind.endsWith('time-over')) world.send(doing)
        }
        while (world.state.phase === 'gate') world.goOn()
        expect(world.elapsedMs).toBeLessThan(120_000)
      }),
      { numRuns: 1000 },
    )
  })
})
