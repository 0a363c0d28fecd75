import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sdp } from '../../../test/helpers/endpoint-pair.ts'
import { defaultTimers } from '../transaction/timers.ts'
import type { Ask, Effect, Fact, Report, TimerName } from './fact.ts'
import { proceed } from './proceeding.ts'
import type { InviteState } from './state.ts'
import { stepInvite } from './step.ts'

/** What can happen to a call, at any time. Where it needs a number, `n` picks one. */
const HAPPENINGS = [
  ...['ring', 'ring-early', 'accept', 'reject', 'hang-up', 'withdraw', 'agree', 'refuse'],
  ...[
    'cancel',
    'ack',
    'wrong-ack',
    'bye',
    'info',
    'prack',
    'wrong-prack',
    'update',
    'update-offer',
    'reinvite',
  ],
  ...[
    'reinvite-offer',
    'withdrawn',
    'timer',
    'timer',
    'timer',
    'transport-failed',
    'refreshed',
    'dialog-lost',
  ],
  ...[
    'refer',
    'refer',
    'refer-quiet',
    'refer-progress',
    'refer-progress',
    'refer-final',
    'refer-taken',
    'refer-refused',
    'refer-subscribe',
    'refer-unsubscribe',
  ],
] as const
const happening = fc.record({ what: fc.constantFrom(...HAPPENINGS), n: fc.nat(9) })

/** What an INVITE of ours may get before its final response, and that. */
const ANSWERS = [
  ...['progress', 'progress', 'progress-early', 'reliable', 'reliable', 'reliable-early', 'reliable-early'],
  ...['turned-away', 'answered', 'refused'],
] as const
const called = fc.record({ what: fc.constantFrom(...HAPPENINGS, ...ANSWERS, ...ANSWERS), n: fc.nat(9) })

const arrival = fc.record(
  {
    offers: fc.boolean(),
    rseq: fc.integer({ min: 1, max: 9 }),
    expiresMs: fc.constant(30_000),
    refreshBy: fc.constantFrom('UPDATE' as const, 'INVITE' as const),
    timer: fc.record({ intervalMs: fc.constant(90_000), ours: fc.boolean(), supported: fc.boolean() }),
  },
  { requiredKeys: ['offers', 'refreshBy'] },
)

/** The machine with everything that the runner would keep for it, and the laws that hold at each step. */
function modelOf(begin: readonly [InviteState, readonly Effect[]]) {
  let [state] = begin
  const timersSet = new Set<TimerName>()
  const openAsks = new Map<Ask, string>()
  const toAnswer: Ask[] = []
  /** Transfers that were told of, with whether a NOTIFY is under way; gone after the last one. */
  const followed = new Map<Ask, boolean>()
  const through = new Set<Ask>()
  const finals: string[] = []
  const reports: Report[] = []
  let asks = 0
  let lastRack = ''
  let last2xxCSeq = 1
  /** PRACKs of ours since the last INVITE, and orders to hang up. */
  let pracks: string[] = []
  let isHungUp = false

  const carryOut = (effect: Effect) => {
    switch (effect.kind) {
      case 'set-timer':
        expect(state.kind, 'a timer is set after the end').not.toBe('over')
        return timersSet.add(effect.name)
      case 'stop-timer':
        return timersSet.delete(effect.name)
      case 'stop-timers':
        return timersSet.clear()
      case 'provisional':
        expect(finals, 'a provisional response after the final one').toEqual([])
        lastRack = `${effect.rseq ?? 0} 1`
        return
      case 'accept':
      case 'reject':
        return finals.push(effect.kind)
      case 'respond':
        expect(openAsks.has(effect.ask), 'a response to nothing, or a second one').toBe(true)
        if (openAsks.get(effect.ask) === 'reinvite' && effect.status === 200) last2xxCSeq = effect.ask + 1
        return openAsks.delete(effect.ask)
      case 'report':
        expect(reports.at(-1)?.kind, 'a report after the end').not.toBe('ended')
        reports.push(effect.report)
        if (effect.report.kind === 'renegotiate' || effect.report.kind === 'refer')
          toAnswer.push(effect.report.ask)
        return
      case 'prack': {
        expect(pracks, 'a PRACK twice').not.toContain(`${effect.tag} ${effect.rack}`)
        const before = pracks.findLast((prack) => prack.startsWith(`${effect.tag} `))
        const [last, now] = [before?.split(' ')[1], effect.rack.split(' ')[0]].map(Number)
        if (before !== undefined) expect(now, 'RSeq out of order').toBe((last ?? 0) + 1)
        return pracks.push(`${effect.tag} ${effect.rack}`)
      }
      case 'invite-again':
        expect(isHungUp, 'an INVITE after we hung up').toBe(false)
        expect(state.kind).toBe('calling')
        pracks = []
        return
      case 'notify-refer':
        expect(state.kind, 'a NOTIFY after the end').toBe('confirmed')
        expect(openAsks.has(effect.ask), 'a NOTIFY before the 202').toBe(false)
        expect(followed.get(effect.ask), 'two NOTIFYs at a time').not.toBe(true)
        expect(through.has(effect.ask), 'a NOTIFY after the last').toBe(false)
        if (!effect.ending) return followed.set(effect.ask, true)
        through.add(effect.ask)
        return followed.delete(effect.ask)
      default:
        return
    }
  }
  const send = (fact: Fact) => {
    const [next, effects] = stepInvite(state, fact, defaultTimers)
    state = next
    for (const effect of effects) carryOut(effect)
    const referrals = state.kind === 'confirmed' ? (state.referrals ?? []) : []
    const names = referrals.map(({ ask }) => `referral-${ask}`)
    const strays = [...timersSet].filter((name) => name.startsWith('referral-') && !names.includes(name))
    expect(strays, 'timers of transfers that are through').toEqual([])
  }
  const ask = (kind: string): { ask: Ask; cseq: number } => {
    openAsks.set(++asks, kind)
    return { ask: asks, cseq: asks + 1 }
  }
  const someone = (n: number): Ask => [...followed.keys()][n % Math.max(followed.size, 1)] ?? 99
  for (const effect of begin[1]) carryOut(effect)

  const happen = (what: string, n: number): void => {
    const request = {} as never
    switch (what) {
      case 'ring':
        return send({ kind: 'ring' })
      case 'ring-early':
        return send({ kind: 'ring', body: sdp('early') })
      case 'accept':
        return send({ kind: 'accept', body: sdp('answer') })
      case 'reject':
        return send({ kind: 'reject', status: 486, headers: [] })
      case 'progress':
      case 'progress-early':
      case 'reliable':
      case 'reliable-early':
        return send({
          kind: 'progress',
          status: n === 9 ? 199 : 180,
          tag: `fork-${n % 2}`,
          ...(what.startsWith('reliable') && { reliable: { rseq: 1 + (n >> 1), cseq: 1 } }),
          ...(what.endsWith('early') && { body: sdp('early') }),
        })
      case 'turned-away': // A transaction has one final response, and those of before the next INVITE count no more.
      case 'refused':
        return state.kind === 'calling' ? send({ kind: what, status: 407 }) : undefined
      case 'answered':
        return state.kind === 'calling' ? send({ kind: 'answered', refreshBy: 'UPDATE' }) : undefined
      case 'hang-up':
      case 'withdraw':
        isHungUp = true
        return send({ kind: what, headers: [] })
      case 'agree':
      case 'refuse': {
        const which = toAnswer[n] ?? toAnswer.at(-1) ?? 99
        return send(
          what === 'agree'
            ? { kind: what, ask: which, body: sdp('x') }
            : { kind: what, ask: which, status: 488 },
        )
      }
      case 'cancel': // The layer hands it on only while there is no final response.
        return finals.length > 0 ? undefined : send({ kind: 'cancel', request })
      case 'ack':
        return send({ kind: 'ack', cseq: last2xxCSeq, ...(n > 4 && { body: sdp('late') }) })
      case 'wrong-ack':
        return send({ kind: 'ack', cseq: 1000 })
      case 'bye':
        return send({ kind: 'bye', request, ...ask(what) })
      case 'info':
        return send({ kind: 'info', ...ask(what) })
      case 'prack':
      case 'wrong-prack': {
        const rack = what === 'prack' ? lastRack : 'none'
        return send({ kind: 'prack', rack, ...ask(what), ...(n > 5 && { body: sdp('in PRACK') }) })
      }
      case 'update':
      case 'update-offer':
        return send({
          kind: 'update',
          tag: `fork-${n % 2}`,
          ...ask('update'),
          ...(what === 'update-offer' && { body: sdp('offer') }),
        })
      case 'reinvite':
      case 'reinvite-offer':
        return send({
          kind: 'reinvite',
          ...ask('reinvite'),
          ...(what === 'reinvite-offer' && { body: sdp('offer') }),
        })
      case 'refer':
      case 'refer-quiet':
        return send({ kind: 'refer', ...ask('refer'), quiet: what !== 'refer', referTo: 'sip:den@house' })
      case 'refer-progress':
      case 'refer-final':
        return send({
          kind: 'refer-progress',
          ask: someone(n),
          status: what === 'refer-final' ? 200 : 180 + n,
        })
      case 'refer-taken':
      case 'refer-refused': {
        const which = someone(n)
        if (!followed.get(which)) return
        followed.set(which, false)
        if (what === 'refer-refused') through.add(which)
        return send({ kind: 'refer-notified', ask: which, taken: what === 'refer-taken' })
      }
      case 'refer-subscribe':
      case 'refer-unsubscribe': {
        const id = n < 5 ? {} : { id: someone(n) + 1 }
        const askedSeconds = what === 'refer-subscribe' ? 60 : 0
        return send({ kind: 'refer-subscribe', ask: ask('subscribe').ask, askedSeconds, ...id })
      }
      case 'withdrawn': {
        const open = [...openAsks].find(([, kind]) => kind === 'reinvite')
        return open && send({ kind: 'withdrawn', ask: open[0] })
      }
      case 'timer': {
        const name = [...timersSet][n % Math.max(timersSet.size, 1)]
        if (!name) return
        timersSet.delete(name)
        return send({ kind: 'timer', name })
      }
      case 'transport-failed':
        return n === 0 ? send({ kind: 'transport-failed' }) : undefined
      case 'refreshed':
        return send({ kind: 'refreshed' })
      case 'dialog-lost':
        return n === 0 ? send({ kind: 'dialog-lost', status: 481 }) : undefined
    }
  }
  return {
    happen,
    finish: () => happen('bye', 0),
    get state() {
      return state
    },
    timersSet,
    openAsks,
    finals,
    reports,
  }
}

describe('the machine of an incoming INVITE, whatever happens in whatever order', () => {
  it('gives one final response, answers each request once, ends once, and leaves no timer', () => {
    fc.assert(
      fc.property(arrival, fc.array(happening, { maxLength: 40 }), (invite, happenings) => {
        const model = modelOf(proceed({ cseq: 1, ...invite }))
        for (const { what, n } of happenings) model.happen(what, n)
        model.finish()
        const ends = model.reports.filter((report) => report.kind === 'ended')
        expect(model.state.kind).toBe('over')
        expect(ends).toHaveLength(1)
        expect(model.reports.at(-1)).toBe(ends[0])
        expect(model.timersSet.size).toBe(0)
        expect([...model.openAsks]).toEqual([])
        const lost = ends[0]?.kind === 'ended' && ends[0].reason === 'transport-failed'
        expect(model.finals.length).toBeLessThanOrEqual(1)
        if (!lost) expect(model.finals).toHaveLength(1)
      }),
      { numRuns: 600 },
    )
  })

  it('keeps the laws of transfers in a confirmed dialog', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const model = modelOf(proceed({ cseq: 1, offers: true, refreshBy: 'UPDATE' }))
        model.happen('accept', 0)
        model.happen('ack', 0)
        for (const { what, n } of happenings.filter(({ what }) => !['bye', 'hang-up'].includes(what)))
          model.happen(what, n)
        model.finish()
        expect([...model.openAsks]).toEqual([])
        expect(model.timersSet.size).toBe(0)
      }),
      { numRuns: 600 },
    )
  })

  it('never says 200 before a PRACK that it has to wait for (RFC 3262 §3)', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), (happenings) => {
        const model = modelOf(proceed({ cseq: 1, offers: true, rseq: 5, refreshBy: 'UPDATE' }))
        model.happen('ring-early', 0)
        for (const { what, n } of happenings.filter(({ what }) => !what.endsWith('prack')))
          model.happen(what, n)
        expect(model.finals).not.toContain('accept')
      }),
    )
  })
})

describe('the machine of an INVITE of ours, whatever happens in whatever order', () => {
  it('answers each request once, acknowledges in order, ends once, and leaves no timer', () => {
    fc.assert(
      fc.property(fc.array(called, { maxLength: 40 }), fc.boolean(), (happenings, answered) => {
        const model = modelOf([{ kind: 'calling', wish: 'connect' }, []])
        for (const { what, n } of happenings) model.happen(what, n)
        model.happen(answered ? 'answered' : 'refused', 0)
        model.finish()
        const ends = model.reports.filter((report) => report.kind === 'ended')
        expect(model.state.kind).toBe('over')
        expect(ends).toHaveLength(1)
        expect(model.reports.at(-1)).toBe(ends[0])
        expect(model.timersSet.size).toBe(0)
        expect([...model.openAsks]).toEqual([])
      }),
      { numRuns: 600 },
    )
  })
})
