import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { walk } from '../../../test/helpers/machine-walk.ts'
import type { Step } from '../../shared/step.ts'
import type { SipResponse } from '../message/message.ts'
import { inviteClientStart, inviteClientStep } from './invite-client.ts'
import { inviteServerStart, inviteServerStep } from './invite-server.ts'
import type { ReceivedResponse } from './layer.ts'
import { nonInviteClientStart, nonInviteClientStep } from './non-invite-client.ts'
import { nonInviteServerStart, nonInviteServerStep } from './non-invite-server.ts'
import { defaultTimers } from './timers.ts'

interface Order {
  readonly kind: string
  readonly response?: SipResponse
}
// biome-ignore lint/suspicious/noExplicitAny: one list for four machines of different types
type AnyStep = Step<any, any, any>

const timings = [true, false].map((reliable) => ({ ...defaultTimers, reliable }))
const response = (status: number) => ({ kind: 'response', status }) as unknown as ReceivedResponse
const statuses = fc.constantFrom(100, 180, 183, 200, 202, 302, 404, 486, 487, 503, 603)
const timer = (...letters: string[]) =>
  fc.constantFrom(...letters).map((letter) => ({ kind: 'timer', timer: letter }))
const bare = (...kinds: string[]) => fc.constantFrom(...kinds).map((kind) => ({ kind }))
const failing = fc.constant({ kind: 'transport-error', error: new Error('unreachable') })
const received = statuses.map((status) => ({ kind: 'response', response: response(status) }))
const responded = statuses.map((status) => ({ kind: 'respond', response: response(status) }))

const count = (effects: readonly Order[], holds: (effect: Order) => boolean) => effects.filter(holds).length
const statusOf = (effect: Order) => effect.response?.status ?? 0

const servers = [
  {
    name: 'INVITE server (RFC 3261 §17.2.1, RFC 6026 §7.1)',
    machine: inviteServerStep as (timing: (typeof timings)[0]) => AnyStep,
    start: inviteServerStart,
    timers: { accepted: 'L', completed: 'GH', confirmed: 'I' },
    events: fc.oneof(bare('request', 'ack'), responded, timer('G', 'H', 'I', 'L'), failing),
  },
  {
    name: 'non-INVITE server (RFC 3261 §17.2.2)',
    machine: nonInviteServerStep as (timing: (typeof timings)[0]) => AnyStep,
    start: nonInviteServerStart,
    timers: { completed: 'J' },
    events: fc.oneof(bare('request'), responded, timer('J'), failing),
  },
]

describe.each(servers)('$name', ({ machine, start, timers, events }) => {
  it.each(timings)(
    'is never stuck, never answers twice, is silent at the end (reliable: $reliable)',
    (timing) => {
      fc.assert(
        fc.property(fc.array(events, { maxLength: 30 }), (path) => {
          const waitsForUser = (state: { kind: string }) =>
            state.kind === 'trying' || state.kind === 'proceeding'
          const { effects } = walk(machine(timing), start, { events: path, waitsForUser, timers })
          const finals = count(effects, (effect) => effect.kind === 'send' && statusOf(effect) >= 200)
          expect(finals).toBeLessThanOrEqual(1)
        }),
        { numRuns: 300 },
      )
    },
  )
})

const clients = [
  {
    name: 'INVITE client (RFC 3261 §17.1.1, RFC 6026 §7.2)',
    machine: inviteClientStep as (timing: (typeof timings)[0]) => AnyStep,
    start: inviteClientStart,
    timers: { calling: 'AB', proceeding: 'C', accepted: 'M', completed: 'D' },
    events: fc.oneof(bare('cancel'), received, timer('A', 'B', 'C', 'D', 'M'), failing),
  },
  {
    name: 'non-INVITE client (RFC 3261 §17.1.2)',
    machine: nonInviteClientStep as (timing: (typeof timings)[0]) => AnyStep,
    start: nonInviteClientStart,
    timers: { trying: 'EF', proceeding: 'EF', completed: 'K' },
    events: fc.oneof(received, timer('E', 'F', 'K'), failing),
  },
]

describe.each(clients)('$name', ({ machine, start, timers, events }) => {
  it.each(timings)('is never stuck and ends in exactly one way (reliable: $reliable)', (timing) => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (path) => {
        // Only an INVITE that rings may last without a timer: its user cancels it when it has rung long enough.
        const waitsForUser = (state: { kind: string; cancelled?: boolean }) =>
          state.kind === 'proceeding' && state.cancelled === false
        const { state, effects } = walk(machine(timing), start, {
          events: [{ kind: 'start' }, ...path],
          waitsForUser,
          timers,
        })
        const finals = effects.filter((effect: Order) => effect.kind === 'pass-final')
        const ends =
          Math.min(finals.length, 1) + count(effects, ({ kind }) => kind === 'timed-out' || kind === 'failed')
        expect(ends).toBe(state.kind === 'terminated' ? 1 : 0)
        // Only 2xx to an INVITE may come up more than once, and nothing else beside them.
        if (finals.length > 1) expect(finals.every((final: Order) => statusOf(final) < 300)).toBe(true)
        expect(count(effects, ({ kind }) => kind === 'send-cancel')).toBeLessThanOrEqual(1)
      }),
      { numRuns: 300 },
    )
  })
})
