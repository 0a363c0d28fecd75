import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OwnerAct } from '../../call/facts.ts'
import { stepScreening } from '../../call/screening.ts'
import type { ScreeningState } from '../../call/state.ts'
import type { OwnerFact, OwnerOrder, Purpose } from './facts.ts'
import { stageOf } from './stage-of.ts'
import { NOBODY } from './state.ts'
import { stepOwnerSide } from './step.ts'

/**
 * The owner's side and the screening machine together, as run-call.ts ties them, and phones that do what they like at
 * any time. What a phone can do depends on what was done to it, and that is kept here.
 */
type Line = 'called' | 'withdrawn' | 'asking' | 'up' | 'gone'

const HAPPENINGS = [
  'ring-more',
  'speaker',
  'ask-talk',
  'ask-listen',
  'answer',
  'refuse',
  'hang-up',
  'key',
  'decide',
  'transfer',
  'ring-time-over',
  'caller-confirmed',
  'played',
  'caller-hung-up',
  'caller-cancelled',
  'owner-sends-away',
  'passes-gate',
  'fails-gate',
] as const

const PLAN = {
  refusal: null,
  answers: true,
  gate: null,
  ringMs: 18_000,
  greeting: 'hello',
  longestMs: 180_000,
  shortestMs: 1000,
  silenceMs: null,
}

const DECISIONS = ['take', 'send-on', 'take', 'block', 'none'] as const
const GATE = { kind: 'key', digit: '5', ringTone: 'ring tone' } as const

function run(
  story: readonly { readonly what: (typeof HAPPENINGS)[number]; readonly n: number }[],
  gate: typeof GATE | null,
) {
  let side = NOBODY
  let call = { phase: 'new', plan: { ...PLAN, gate } } as ScreeningState
  let isHeldBack = gate !== null
  const lines = new Map<string, Line>()
  const heard: string[] = []
  const asked: string[] = []
  /** Whom the caller hears, over time. */
  const talkers: string[] = []
  const queue: OwnerFact[] = []
  let busy = false
  let count = 0

  const owner = (fact: OwnerFact): void => {
    queue.push(fact)
    if (busy) return
    busy = true
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [after, orders] = stepOwnerSide(side, next)
      side = after
      for (const order of orders) carryOut(order)
    }
    busy = false
  }
  const screening = (fact: Parameters<typeof stepScreening>[1]): void => {
    const [next, orders] = stepScreening(call, fact)
    call = next
    for (const order of orders) {
      if (order.kind === 'connect' || order.kind === 'disconnect' || order.kind === 'too-late')
        owner({ kind: order.kind, leg: order.owner })
      if (order.kind === 'gate-over') isHeldBack = order.went === 'failed'
    }
    owner({ kind: 'stage', stage: stageOf(call.phase, isHeldBack) })
  }
  const callPhone = (purpose: Purpose): void => {
    const leg = `${purpose}${count++}`
    lines.set(leg, 'called')
    owner({ kind: 'calling', leg, phone: leg, purpose })
  }
  const carryOut = (order: OwnerOrder): void => {
    if (order.kind === 'act') return screening(order.act as OwnerAct)
    if (order.kind === 'ring-phones' || order.kind === 'call-speakers') expect(isHeldBack).toBe(false)
    if (order.kind === 'ring-phones') return void [0, 1].map(() => callPhone('ring'))
    if (order.kind === 'call-speakers') return callPhone('speaker')
    if (order.kind === 'tell-transfer') return
    if (order.kind === 'do') return screening({ kind: order.act })
    const { leg } = order
    const line = lines.get(leg)
    switch (order.kind) {
      case 'accept':
        expect(line, `accept ${leg}`).toBe('asking')
        return void lines.set(leg, 'up')
      case 'refuse':
        expect(line, `refuse ${leg}`).toBe('asking')
        return void lines.set(leg, 'gone')
      case 'withdraw':
        expect(line, `withdraw ${leg}`).toBe('called')
        return void lines.set(leg, 'withdrawn')
      case 'hang-up':
        expect(line, `hang up ${leg}`).toBe('up')
        lines.set(leg, 'gone')
        return owner({ kind: 'gone', leg })
      case 'ask':
        expect(line, `ask ${leg}`).toBe('up')
        return void asked.push(leg)
      case 'hear':
        expect(line, `hear ${leg}`).toBe('up')
        return void heard.push(leg)
      case 'talk':
        expect(line, `talk ${leg}`).toBe('up')
        return void talkers.push(leg)
    }
  }
  const pick = (n: number, ...states: Line[]) => {
    const found = [...lines].filter(([, line]) => states.includes(line)).map(([leg]) => leg)
    return found[n % Math.max(1, found.length)]
  }

  const happen = (what: string, n: number): void => {
    switch (what) {
      case 'ring-more':
        return callPhone('ring')
      case 'speaker':
        return callPhone('speaker')
      case 'ask-talk':
      case 'ask-listen': {
        const leg = `asks${count++}`
        lines.set(leg, 'asking')
        return owner({ kind: 'asks', leg, phone: leg, purpose: what === 'ask-talk' ? 'talk' : 'listen' })
      }
      case 'answer': {
        const leg = pick(n, 'called', 'withdrawn')
        if (!leg) return
        lines.set(leg, 'up')
        return owner({ kind: 'answered', leg, asksFirst: n % 2 === 0 })
      }
      case 'decide': {
        const leg = asked[n % Math.max(1, asked.length)]
        const decision = DECISIONS[n % DECISIONS.length] ?? 'none'
        return leg ? owner({ kind: 'decided', leg, decision }) : undefined
      }
      case 'refuse': {
        const leg = pick(n, 'called', 'withdrawn', 'asking')
        if (!leg) return
        lines.set(leg, 'gone')
        return owner({ kind: 'gone', leg, status: 486 })
      }
      case 'hang-up': {
        const leg = pick(n, 'up')
        if (!leg) return
        lines.set(leg, 'gone')
        return owner({ kind: 'gone', leg })
      }
      case 'key': {
        const leg = pick(n, 'up')
        return leg ? owner({ kind: 'wants-to-talk', leg }) : undefined
      }
      case 'transfer': {
        const leg = pick(n, 'up')
        if (!leg) return
        owner({ kind: 'transfer', leg })
        return side.transfer?.by === leg ? callPhone('transfer') : undefined
      }
      case 'played':
        return screening({ kind: 'played', clip: n % 2 ? 'hello' : 'beep' })
      case 'owner-sends-away':
        return screening({ kind: 'hang-up' })
      case 'passes-gate':
        return screening({ kind: 'digit', digit: '5' })
      case 'fails-gate':
        for (let time = 0; time < 3; time++) screening({ kind: 'digit', digit: '1' })
        return
      default:
        return screening({ kind: what as 'ring-time-over' })
    }
  }

  screening({ kind: 'arrived' })
  for (const { what, n } of story) {
    happen(what, n)
    const up = [...lines].filter(([, line]) => line === 'up').map(([leg]) => leg)
    const talking = [...side.legs].filter(([, leg]) => leg.stage === 'talking').map(([leg]) => leg)
    // One talks at most, and it is whom the caller hears.
    expect(talking.length).toBeLessThanOrEqual(1)
    if (talking.length === 1) expect(talkers.at(-1)).toBe(talking[0])
    if (call.phase === 'connected' && lines.get(call.owner) === 'up') expect(talking).toEqual([call.owner])
    // Who has the caller is there; or has sent it on, and trusts that it works.
    if (call.phase === 'connected' && !side.transfer) expect(lines.get(call.owner)).toBe('up')
    // Nobody listens to a conversation, and nobody waits for an answer that does not come.
    if (call.phase === 'connected')
      expect(
        [...side.legs.values()].filter((leg) => leg.stage === 'listening' || leg.stage === 'deciding'),
      ).toEqual([])
    expect([...lines].filter(([, line]) => line === 'asking')).toEqual([])
    // Every leg that is up does something.
    for (const leg of up) expect(['deciding', 'listening', 'talking']).toContain(side.legs.get(leg)?.stage)
  }
  // The caller goes; whoever still rings is told, and its answer comes to nothing.
  screening({ kind: 'caller-hung-up' })
  screening({ kind: 'caller-cancelled' })
  for (const [leg, line] of lines) {
    expect(line, `${leg} at the end`).not.toBe('called')
    expect(line, `${leg} at the end`).not.toBe('asking')
    if (line === 'withdrawn') {
      lines.set(leg, 'up')
      owner({ kind: 'answered', leg })
    }
  }
  expect([...lines.values()].filter((line) => line !== 'gone')).toEqual([])
  expect(side.legs.size).toBe(0)
  expect(call.phase).toBe('ended')
}

describe('phones that do what they like, in any order', () => {
  it('one at most has the caller; nobody hears a conversation; at the end nobody is left', () => {
    const story = fc.array(fc.record({ what: fc.constantFrom(...HAPPENINGS), n: fc.nat(5) }), {
      maxLength: 40,
    })
    fc.assert(fc.property(story, fc.constantFrom(null, GATE), run), { numRuns: 5000 })
  })
})
