import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from './carrier.ts'
import {
  AT_START,
  type Desk,
  type DeskEvent,
  type DeskOrder,
  FEWEST_ATTEMPTS,
  GIVEN_UP_AFTER_MS,
  PAUSES_MS,
  settlementOf,
  stepDesk,
} from './desk.ts'

const head = (change = {}) => ({ id: 'a', attempts: 0, waitsSince: 0, nextTryAt: 0, ...change })
const LATER: Outcome = { kind: 'later', why: 'it answers 503' }

describe('what becomes of an event after a try', () => {
  it('it is tried again after longer and longer pauses, or when the receiver wants it', () => {
    let attempts = 0
    const pauses: number[] = []
    for (const _ of Array(9)) {
      const settlement = settlementOf(head({ attempts }), LATER, 0)
      if (settlement.kind !== 'again') throw new Error(settlement.kind)
      pauses.push(settlement.nextTryAt / 1000)
      attempts = settlement.attempts
    }
    expect(pauses).toEqual([1, 5, 30, 120, 600, 1800, 3600, 3600, 3600])
    expect(settlementOf(head(), { ...LATER, afterMs: 90_000 }, 0)).toMatchObject({ nextTryAt: 90_000 })
    expect(settlementOf(head(), { ...LATER, afterMs: 9e9 }, 0)).toMatchObject({ nextTryAt: 3600_000 })
  })

  it('it is given up after a day of tries, and not before five of them', () => {
    const at = GIVEN_UP_AFTER_MS
    expect(settlementOf(head({ attempts: 9 }), LATER, at - 1)).toMatchObject({ kind: 'again' })
    expect(settlementOf(head({ attempts: 9 }), LATER, at)).toMatchObject({ kind: 'dead', closes: false })
    expect(settlementOf(head({ attempts: FEWEST_ATTEMPTS - 2 }), LATER, at)).toMatchObject({ kind: 'again' })
    expect(settlementOf(head({ attempts: FEWEST_ATTEMPTS - 1 }), LATER, at)).toMatchObject({ kind: 'dead' })
  })

  it('it is given up at once where it is refused; who is gone is switched off', () => {
    const refused = settlementOf(head(), { kind: 'refused', why: 'it answers 400' }, 5)
    expect(refused).toEqual({ kind: 'dead', attempts: 1, why: 'it answers 400', closes: false })
    expect(settlementOf(head(), { kind: 'gone', why: 'it answers 410' }, 5)).toMatchObject({ closes: true })
  })
})

describe('the desk', () => {
  it('waits through a quiet time, and never longer than a pause because a clock was set back', () => {
    const looking: Desk = { phase: 'looking', again: false }
    const found = (change: Partial<Extract<DeskEvent, { kind: 'found' }>>) =>
      stepDesk(looking, { kind: 'found', head: head(), heldUntil: 0, now: 1000, ...change })[1]
    expect(found({ heldUntil: 9000 })).toEqual([{ kind: 'set-timer', ms: 8000 }])
    expect(found({ head: head({ nextTryAt: 4000 }) })).toEqual([{ kind: 'set-timer', ms: 3000 }])
    expect(found({ head: head({ nextTryAt: 9e9 }) })).toEqual([{ kind: 'set-timer', ms: PAUSES_MS.at(-1) }])
    expect(found({ head: undefined })).toEqual([])
  })

  it('looks anew at what it found while something changed', () => {
    let [desk] = stepDesk(AT_START, { kind: 'changed' })
    ;[desk] = stepDesk(desk, { kind: 'changed' })
    const [next, orders] = stepDesk(desk, { kind: 'found', head: undefined, heldUntil: 0, now: 0 })
    expect([next.phase, orders]).toEqual(['looking', [{ kind: 'look' }]])
  })
})

/** A target with its rows, which outlive any crash, and a desk whose orders are carried out when chance wants it. */
function world(outcomes: readonly Outcome[]) {
  const rows = new Map<string, { id: string; attempts: number; waitsSince: number; nextTryAt: number }>()
  const told: string[] = []
  const dead: string[] = []
  let [now, count, tried] = [0, 0, 0]
  let desk: Desk = AT_START
  let orders: DeskOrder[] = []
  let timer: number | undefined
  const send = (event: DeskEvent) => {
    const [next, more] = stepDesk(desk, event)
    desk = next
    orders.push(...more)
  }
  return {
    rows,
    told,
    dead,
    add() {
      const id = `e${String(++count).padStart(4, '0')}`
      rows.set(id, { id, attempts: 0, waitsSince: now, nextTryAt: now })
      send({ kind: 'changed' })
    },
    crash() {
      ;[desk, orders, timer] = [AT_START, [], undefined]
      send({ kind: 'changed' })
    },
    /** Carries the first order out. */
    work(heldUntil = 0) {
      const order = orders.shift()
      if (!order) {
        if (timer === undefined) return false
        now = Math.max(now, timer)
        timer = undefined
        send({ kind: 'time-came' })
        return true
      }
      switch (order.kind) {
        case 'look':
          send({ kind: 'found', head: rows.values().next().value, heldUntil, now })
          break
        case 'set-timer':
          timer = now + order.ms
          break
        case 'cancel-timer':
          timer = undefined
          break
        case 'send': {
          told.push(order.head.id)
          send({ kind: 'outcome', outcome: outcomes[tried++ % outcomes.length] ?? { kind: 'taken' }, now })
          break
        }
        case 'settle': {
          const row = rows.get(order.id)
          const { settlement } = order
          if (settlement.kind === 'again' && row)
            rows.set(order.id, { ...row, attempts: settlement.attempts, nextTryAt: settlement.nextTryAt })
          else rows.delete(order.id)
          if (settlement.kind === 'dead') dead.push(order.id)
          send({ kind: 'settled' })
        }
      }
      return true
    },
  }
}

it('tells all, in order, one at a time, whatever fails, changes or crashes', () => {
  const outcome: fc.Arbitrary<Outcome> = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Outcome>({ kind: 'taken' }) },
    { weight: 3, arbitrary: fc.constant(LATER) },
    { weight: 1, arbitrary: fc.constant<Outcome>({ kind: 'refused', why: 'no' }) },
  )
  const act = fc.constantFrom('add', 'work', 'work', 'work', 'held', 'crash')
  fc.assert(
    fc.property(
      fc.array(outcome, { minLength: 1, maxLength: 12 }),
      fc.array(act, { maxLength: 80 }),
      (outcomes, acts) => {
        const it = world([...outcomes, { kind: 'taken' }])
        let added = 0
        for (const each of acts) {
          if (each === 'add') added += 1
          if (each === 'add') it.add()
          else if (each === 'crash') it.crash()
          else it.work(each === 'held' ? 1e6 : 0)
        }
        for (let steps = 0; it.work(); steps++) if (steps > 100_000) throw new Error('it never ends')
        expect(it.rows.size, 'nothing waits for ever').toBe(0)
        expect(new Set(it.told).size, 'nothing is lost').toBe(added)
        expect(it.told, 'nothing is told before what came first').toEqual([...it.told].sort())
      },
    ),
    { numRuns: 500 },
  )
})
