import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepMenu } from './menu.ts'
import type { MenuFact, MenuOrder } from './orders.ts'
import type { MenuState } from './state.ts'
import type { MenuMessage } from './words.ts'

const messages = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 6 }).map((ids): MenuMessage[] =>
  ids.map((id) => ({
    id: `${id}`,
    callerNumber: id % 3 ? `+4930${id}` : null,
    receivedAt: id,
    durationMs: 1000,
  })),
)
const fact: fc.Arbitrary<MenuFact> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...'0123456789*#').map((digit): MenuFact => ({ kind: 'digit', digit })),
  },
  { weight: 4, arbitrary: fc.constant<MenuFact>({ kind: 'said' }) },
  fc.constantFrom<MenuFact>(
    { kind: 'opened' },
    { kind: 'idle' },
    { kind: 'failed' },
    { kind: 'greeting-in-use' },
    { kind: 'joined' },
    { kind: 'live-over' },
  ),
  fc.boolean().map((isThere): MenuFact => ({ kind: 'live', isThere })),
  fc.boolean().map((heard): MenuFact => ({ kind: 'recorded', heard })),
  fc.boolean().map((answered): MenuFact => ({ kind: 'call-over', answered })),
  fc.record({ kind: fc.constant('messages' as const), fresh: messages, saved: messages }),
)

describe('the menu, in whatever order things happen', () => {
  it('never says nothing and waits for nothing, restores only what it deleted, and ends once', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 60 }), fc.boolean(), (facts, right) => {
        const rights = { greeting: right, callBack: right }
        let state: MenuState = { at: 'new', rights, live: false, unanswered: 0 }
        let inCall = false
        const deleted = new Set<string>()
        let over = false
        for (const each of [{ kind: 'opened' } as const, ...facts]) {
          const before: MenuState = state
          const [next, orders]: readonly [MenuState, readonly MenuOrder[]] = stepMenu(state, each)
          state = next
          expect(over && orders.length > 0).toBe(false)
          for (const order of orders) {
            if (order.kind === 'say') expect(order.words.length).toBeGreaterThan(0)
            if (order.kind === 'delete') {
              expect(deleted.has(order.id)).toBe(false)
              deleted.add(order.id)
            }
            if (order.kind === 'restore') expect(deleted.delete(order.id)).toBe(true)
            if (order.kind === 'hang-up') over = true
            // Nobody is joined to a call twice, nor left in one that she does not hear.
            if (order.kind === 'join') {
              expect(inCall).toBe(false)
              inCall = true
            }
            if (order.kind === 'pick-up') expect(inCall).toBe(true)
            if (order.kind === 'leave') inCall = false
            if (!right) expect(['call-back', 'record-greeting', 'use-greeting']).not.toContain(order.kind)
          }
          if (before.at !== next.at && ['live-over', 'failed'].includes(each.kind)) inCall = false
          expect(['joining', 'screening', 'talking'].includes(next.at)).toBe(inCall)
          // Lists that are read again may have what was deleted before, restored by somebody else.
          if (each.kind === 'messages' && before.at === 'reading') deleted.clear()
          // Whoever listens is never left in silence: something is said or done, or a key is waited for.
          if (each.kind === 'said' && before.at !== 'over' && before.at !== 'new' && before.at === next.at)
            expect(
              orders.length > 0 ||
                ['reading', 'calling', 'recording', 'adopting'].includes(next.at) ||
                inCall,
            ).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
