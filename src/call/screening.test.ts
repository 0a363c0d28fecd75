import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from './facts.ts'
import {
  BEEP,
  GATE_NAME,
  GOODBYE,
  gateKey,
  NO_ROOM,
  NOT_PUT_THROUGH,
  NOT_TAKEN,
  type Order,
  TIME_OVER,
} from './orders.ts'
import type { Plan } from './plan.ts'
import { stepScreening } from './screening.ts'
import type { Phase, ScreeningState } from './state.ts'

const plan: Plan = {
  refusal: null,
  answers: true,
  gate: null,
  ringMs: 18_000,
  greeting: 'hello',
  language: 'en',
  longestMs: 180_000,
  shortestMs: 1000,
  silenceMs: null,
}

const GATES: readonly Plan['gate'][] = [
  null,
  { kind: 'key', digit: '5', ringTone: 'ring tone' },
  { kind: 'name', ringTone: 'ring tone' },
]

const ARRIVED: Fact = { kind: 'arrived' }
const RING_OVER: Fact = { kind: 'ring-time-over' }
const CONFIRMED: Fact = { kind: 'caller-confirmed' }
const GREETED: Fact = { kind: 'played', clip: 'hello' }
const BEEPED: Fact = { kind: 'played', clip: BEEP }
const HASH: Fact = { kind: 'digit', digit: '#' }
const FULL: Fact = { kind: 'storage-full' }
const UP_TO: Record<
  Exclude<Phase, 'new' | 'gate' | 'ringback' | 'closing' | 'connected' | 'ended'>,
  Fact[]
> = {
  ringing: [ARRIVED],
  answering: [ARRIVED, RING_OVER],
  greeting: [ARRIVED, RING_OVER, CONFIRMED],
  beeping: [ARRIVED, RING_OVER, CONFIRMED, GREETED],
  recording: [ARRIVED, RING_OVER, CONFIRMED, GREETED, BEEPED],
  menu: [ARRIVED, RING_OVER, CONFIRMED, GREETED, BEEPED, { kind: 'let-in' }],
}

/** Runs facts through the machine: the last state, and every order as "kind" or "kind argument". */
function run(facts: readonly Fact[], chosen: Plan = plan): { phase: Phase; orders: string[] } {
  let state: ScreeningState = { phase: 'new', plan: chosen }
  const orders: string[] = []
  for (const fact of facts) {
    const [next, given] = stepScreening(state, fact)
    state = next
    orders.push(...given.map(inWords))
  }
  return { phase: state.phase, orders }
}

function inWords(order: Order): string {
  return Object.values(order).join(' ')
}

/** The orders that the last fact alone brings. */
function lastOrders(facts: readonly Fact[]): string[] {
  return run(facts).orders.slice(run(facts.slice(0, -1)).orders.length)
}

describe('a message is left', () => {
  it('rings, answers, greets, beeps and records, in this order', () => {
    expect(run(UP_TO.recording).orders).toEqual([
      'ring',
      'set-timer ring 18000',
      'cancel-timer ring',
      'answer',
      'play hello',
      'play beep',
      'start-take message',
      'set-timer message 180000',
    ])
  })

  it('answers at once without ringing when the ring time is 0', () => {
    expect(run([ARRIVED], { ...plan, ringMs: 0 })).toEqual({ phase: 'answering', orders: ['answer'] })
  })

  it('ends when the caller hangs up', () => {
    expect(lastOrders([...UP_TO.recording, { kind: 'caller-hung-up' }])).toEqual([
      'cancel-timer message',
      'stop-take',
      'end caller-hung-up',
    ])
  })

  it('ends by #, with a goodbye', () => {
    const facts: Fact[] = [...UP_TO.recording, HASH]
    expect(lastOrders(facts)).toEqual(['cancel-timer message', 'stop-take', `play ${GOODBYE}`])
    expect(lastOrders([...facts, { kind: 'played', clip: GOODBYE }])).toEqual(['hang-up', 'end completed'])
  })

  it('ends at its longest length, and says so', () => {
    const facts: Fact[] = [...UP_TO.recording, { kind: 'message-time-over' }]
    expect(lastOrders(facts)).toEqual(['cancel-timer message', 'stop-take', `play ${TIME_OVER}`])
  })

  it('ends by silence', () => {
    expect(lastOrders([...UP_TO.recording, { kind: 'silent' }])).toEqual([
      'cancel-timer message',
      'stop-take',
      'hang-up',
      'end completed',
    ])
  })

  it('lets a caller in a hurry skip the greeting with #', () => {
    expect(lastOrders([...UP_TO.greeting, HASH])).toEqual(['play beep'])
  })

  it('is not confused by the end of a clip that it did not wait for', () => {
    expect(run([...UP_TO.greeting, BEEPED]).phase).toBe('greeting')
    expect(run([...UP_TO.recording, GREETED, BEEPED]).phase).toBe('recording')
  })
})

describe('the caller goes', () => {
  it('while it rings: nothing was answered', () => {
    expect(lastOrders([...UP_TO.ringing, { kind: 'caller-cancelled' }])).toEqual([
      'cancel-timer ring',
      'end abandoned',
    ])
  })

  it('before it could even ring', () => {
    expect(run([{ kind: 'caller-cancelled' }, ARRIVED])).toEqual({
      phase: 'ended',
      orders: ['end abandoned'],
    })
    expect(run([{ kind: 'caller-lost' }, ARRIVED])).toEqual({ phase: 'ended', orders: ['end caller-lost'] })
  })

  it('in the middle of the greeting: nothing was recorded', () => {
    const orders = run([...UP_TO.greeting, { kind: 'caller-hung-up' }]).orders
    expect(orders).not.toContain('start-take')
    expect(orders.at(-1)).toBe('end caller-hung-up')
  })

  it('and is forgotten: nothing that comes later brings an order', () => {
    const gone: Fact[] = [...UP_TO.recording, { kind: 'caller-hung-up' }]
    expect(lastOrders([...gone, { kind: 'message-time-over' }])).toEqual([])
    expect(lastOrders([...gone, { kind: 'caller-hung-up' }])).toEqual([])
  })

  it('is hung up on when no sound comes any more', () => {
    expect(lastOrders([...UP_TO.recording, { kind: 'media-lost' }])).toEqual([
      'cancel-timer message',
      'stop-take',
      'hang-up',
      'end caller-lost',
    ])
  })
})

describe('no room to record', () => {
  it('known while it rings: the caller is told instead of greeted', () => {
    expect(run([ARRIVED, FULL, RING_OVER, CONFIRMED]).orders.at(-1)).toBe(`play ${NO_ROOM}`)
  })

  it('known in the greeting: the caller is told instead of beeped at', () => {
    expect(lastOrders([...UP_TO.greeting, FULL, GREETED])).toEqual([`play ${NO_ROOM}`])
  })

  it('in the middle of a message: what there is is kept and the caller is told', () => {
    const facts: Fact[] = [...UP_TO.recording, FULL]
    expect(lastOrders(facts)).toEqual(['cancel-timer message', 'stop-take', `play ${NO_ROOM}`])
    expect(lastOrders([...facts, { kind: 'played', clip: NO_ROOM }])).toEqual(['hang-up', 'end no-room'])
  })
})

describe('the owner acts', () => {
  const PICKED_UP: Fact = { kind: 'picked-up', owner: 'desk' }

  it('picks up while it rings: the call is answered for her', () => {
    expect(lastOrders([...UP_TO.ringing, PICKED_UP])).toEqual(['cancel-timer ring', 'answer', 'connect desk'])
  })

  it.each(['answering', 'greeting', 'beeping'] as const)('picks up while %s: no second answer', (phase) => {
    expect(lastOrders([...UP_TO[phase], PICKED_UP])).toEqual(['connect desk'])
  })

  it('picks up in the middle of the message: the recording stops', () => {
    expect(lastOrders([...UP_TO.recording, PICKED_UP])).toEqual([
      'cancel-timer message',
      'stop-take',
      'connect desk',
    ])
  })

  it('picks up too late', () => {
    expect(lastOrders([...UP_TO.ringing, { kind: 'caller-cancelled' }, PICKED_UP])).toEqual(['too-late desk'])
    expect(lastOrders([...UP_TO.ringing, PICKED_UP, { kind: 'picked-up', owner: 'sofa' }])).toEqual([
      'too-late sofa',
    ])
  })

  it('hangs up: the caller is hung up on, and only by the one who talks', () => {
    const talking: Fact[] = [...UP_TO.ringing, PICKED_UP]
    expect(lastOrders([...talking, { kind: 'owner-hung-up', owner: 'sofa' }])).toEqual([])
    expect(lastOrders([...talking, { kind: 'owner-hung-up', owner: 'desk' }])).toEqual([
      'hang-up',
      'end talked',
    ])
  })

  it('sends the caller to the machine before the ring time is over, once', () => {
    expect(lastOrders([...UP_TO.ringing, { kind: 'answer-now' }])).toEqual(['cancel-timer ring', 'answer'])
    expect(lastOrders([...UP_TO.greeting, { kind: 'answer-now' }])).toEqual([])
  })

  it('sends the caller away: busy while it rings, a hang-up later', () => {
    expect(lastOrders([...UP_TO.ringing, { kind: 'hang-up' }])).toEqual([
      'cancel-timer ring',
      'refuse 486',
      'end sent-away',
    ])
    expect(lastOrders([...UP_TO.ringing, { kind: 'block' }])).toContain('refuse 603')
    expect(lastOrders([...UP_TO.greeting, { kind: 'hang-up' }])).toEqual(['hang-up', 'end sent-away'])
  })
})

describe('the owner talks', () => {
  const TALKING: Fact[] = [...UP_TO.recording, { kind: 'picked-up', owner: 'desk' }]

  it('and hands the caller over: another is connected, and the first may go', () => {
    const handed: Fact[] = [...TALKING, { kind: 'handed-over', from: 'desk', to: 'sofa' }]
    expect(lastOrders(handed)).toEqual(['connect sofa'])
    expect(lastOrders([...handed, { kind: 'owner-hung-up', owner: 'desk' }])).toEqual([])
    expect(lastOrders([...handed, { kind: 'owner-hung-up', owner: 'sofa' }])).toEqual([
      'hang-up',
      'end talked',
    ])
  })

  it('and only she can hand over, while it lasts', () => {
    const foreign: Fact = { kind: 'handed-over', from: 'attic', to: 'sofa' }
    expect(lastOrders([...TALKING, foreign])).toEqual(['too-late sofa'])
    const late: Fact = { kind: 'handed-over', from: 'desk', to: 'sofa' }
    expect(lastOrders([...TALKING, { kind: 'caller-hung-up' }, late])).toEqual(['too-late sofa'])
  })

  it('and records by an act of hers alone, which the caller hears', () => {
    const recording: Fact[] = [...TALKING, { kind: 'record-on' }]
    expect(lastOrders(recording)).toEqual([`play ${BEEP}`, 'start-take talk'])
    expect(lastOrders([...recording, { kind: 'record-on' }])).toEqual([])
    expect(lastOrders([...recording, { kind: 'record-off' }])).toEqual(['stop-take'])
    expect(lastOrders([...recording, FULL])).toEqual(['stop-take'])
    expect(lastOrders([...recording, { kind: 'caller-hung-up' }])).toEqual([
      'stop-take',
      'disconnect desk',
      'end talked',
    ])
  })

  it('and nobody can have it recorded before', () => {
    expect(lastOrders([...UP_TO.greeting, { kind: 'record-on' }])).toEqual([])
  })
})

describe('a caller whom the owner has blocked', () => {
  it('is told that nobody is there, where the machine does not answer and nobody has taken the call', () => {
    const unanswered = { ...plan, answers: false }
    expect(run([ARRIVED, RING_OVER], unanswered)).toEqual({
      phase: 'ended',
      orders: ['ring', 'set-timer ring 18000', 'cancel-timer ring', 'refuse 480', 'end abandoned'],
    })
    expect(run([ARRIVED, { kind: 'answer-now' }], unanswered).orders).toContain('answer')
  })

  it('is refused without ringing', () => {
    expect(run([ARRIVED], { ...plan, refusal: 603 })).toEqual({
      phase: 'ended',
      orders: ['refuse 603', 'end sent-away'],
    })
  })
})

describe('whatever happens, in whatever order', () => {
  const facts = fc.array(
    fc.oneof(
      ...[
        ARRIVED,
        RING_OVER,
        CONFIRMED,
        GREETED,
        BEEPED,
        HASH,
        FULL,
        { kind: 'digit', digit: '5' } as Fact,
        ...(
          [
            'speaking',
            'gate-time-over',
            'caller-cancelled',
            'caller-hung-up',
            'caller-lost',
            'silent',
            'media-lost',
            'message-time-over',
          ] as const
        ).map((kind): Fact => ({ kind })),
        ...(['answer-now', 'hang-up', 'block', 'record-on', 'record-off'] as const).map(
          (kind): Fact => ({ kind }),
        ),
        ...[
          GOODBYE,
          TIME_OVER,
          NO_ROOM,
          NOT_TAKEN,
          NOT_PUT_THROUGH,
          GATE_NAME,
          gateKey('5'),
          'ring tone',
        ].map((clip): Fact => ({ kind: 'played', clip })),
        ...['desk', 'sofa'].flatMap((owner): Fact[] => [
          { kind: 'picked-up', owner },
          { kind: 'owner-hung-up', owner },
          { kind: 'handed-over', from: owner, to: 'attic' },
        ]),
      ].map((fact) => fc.constant(fact)),
    ),
    { maxLength: 40 },
  )
  const count = (orders: readonly string[], start: string) =>
    orders.filter((order) => order.startsWith(start)).length
  const holds = (check: (orders: string[], phase: Phase, given: readonly Fact[]) => void) =>
    fc.assert(
      fc.property(facts, fc.constantFrom(0, 18_000), fc.constantFrom(...GATES), (given, ringMs, gate) => {
        const { orders, phase } = run([ARRIVED, ...given], { ...plan, ringMs, gate })
        check(orders, phase, given)
      }),
      { numRuns: 3000 },
    )

  it('answers or refuses at most once, never both', () => {
    holds((orders) => expect(count(orders, 'answer') + count(orders, 'refuse')).toBeLessThanOrEqual(1))
  })

  it('ends exactly once, and nothing but "too late" is ordered after it', () => {
    holds((orders, phase) => {
      expect(count(orders, 'end ')).toBe(phase === 'ended' ? 1 : 0)
      const after = orders.slice(orders.findIndex((order) => order.startsWith('end ')) + 1)
      if (phase === 'ended') expect(after.filter((order) => !order.startsWith('too-late'))).toEqual([])
    })
  })

  it('never leaves a timer or a take behind', () => {
    holds((orders, phase) => {
      if (phase !== 'ended' && phase !== 'connected') return
      const running = count(orders, 'start-take') - count(orders, 'stop-take')
      expect(phase === 'ended' ? [0] : [0, 1]).toContain(running)
      for (const timer of ['ring', 'message', 'gate']) {
        const last = orders.filter((order) => order.includes(`timer ${timer}`)).at(-1)
        expect(last?.startsWith('set-timer') ?? false).toBe(false)
      }
    })
  })

  it('lets exactly one owner win, and tells every other', () => {
    holds((orders, _phase, given) => {
      const tries = given.filter(({ kind }) => kind === 'picked-up').length
      const wins = orders.filter((order) => /^connect (desk|sofa)$/.test(order)).length
      const lost = orders.filter((order) => /^too-late (desk|sofa)$/.test(order)).length
      expect(wins).toBeLessThanOrEqual(1)
      expect(wins + lost).toBe(tries)
    })
  })

  it('plays and records only for a caller who was answered and is there', () => {
    holds((orders) => {
      const answered = orders.indexOf('answer')
      const first = orders.findIndex((order) => /^(play|start-take|connect|hang-up)/.test(order))
      if (first >= 0) expect(answered).toBeGreaterThanOrEqual(0)
      if (first >= 0) expect(first).toBeGreaterThan(answered)
    })
  })
})
