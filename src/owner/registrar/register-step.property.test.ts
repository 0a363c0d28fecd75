import fc from 'fast-check'
import { expect, it } from 'vitest'
import { receivedRequest, tcpFrom, udpFrom } from '../../../test/helpers/received-request.ts'
import { sameUri } from '../../sip/message/same-uri.ts'
import { LIMITS, readRegister } from './read-register.ts'
import { type Bindings, stepBindings } from './register-step.ts'

const contacts = fc.record({
  host: fc.integer({ min: 1, max: 8 }),
  instance: fc.option(fc.integer({ min: 1, max: 3 })),
  regId: fc.option(fc.integer({ min: 1, max: 2 })),
  expires: fc.constantFrom(0, 60, 600, 9999),
})
const acts = fc.oneof(
  fc.record({
    kind: fc.constant('register' as const),
    wish: fc.oneof(fc.constant('*' as const), fc.array(contacts, { maxLength: 4 })),
    callId: fc.constantFrom('one', 'two', 'three'),
    cseq: fc.integer({ min: 1, max: 30 }),
    source: fc.constantFrom(
      udpFrom('192.0.2.3'),
      udpFrom('192.0.2.4'),
      tcpFrom('192.0.2.3', 'f'),
      tcpFrom('10.0.0.2', 'g'),
    ),
    proxied: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 700 }) }),
  fc.record({ kind: fc.constant('disconnected' as const), flow: fc.constantFrom('f', 'g') }),
  fc.record({ kind: fc.constant('forget' as const) }),
)

it('whatever phones register: bindings are bounded, distinct, live, and the store mirrors them', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 40 }), (history) => {
      let bindings: Bindings = []
      let at = 0
      const mirror = new Set<unknown>()
      for (const act of history) {
        const before = bindings
        if (act.kind === 'pass') at += act.seconds * 1000
        const event = eventOf(act, at)
        if (!event) continue
        const [next, effects] = stepBindings(bindings, event)
        bindings = next
        for (const effect of effects) {
          if (effect.kind === 'save') mirror.add(effect.binding)
          if (effect.kind === 'remove') mirror.delete(effect.binding)
        }
        expect(mirror).toEqual(new Set(bindings))
        expect(bindings.length).toBeLessThanOrEqual(LIMITS.bindings)
        expect(effects.filter(({ kind }) => kind === 'answer')).toHaveLength(
          event.kind === 'register' ? 1 : 0,
        )
        expect(effects.some(({ kind }) => kind === 'changed')).toBe(
          before !== bindings && mirrorChanged(before, bindings),
        )
        if (event.kind === 'disconnected')
          for (const { source, direct, to } of bindings)
            if (direct && source.flow === event.flow) expect(to.port).not.toBe(source.port)
        if (event.kind === 'time-passed')
          for (const { deadline } of bindings) expect(deadline).toBeGreaterThan(at)
        for (const [place, one] of bindings.entries()) {
          for (const other of bindings.slice(place + 1)) {
            const distinct =
              one.instance !== null && other.instance !== null
                ? one.instance !== other.instance || one.regId !== other.regId
                : !sameUri(one.contact, other.contact)
            expect(distinct).toBe(true)
          }
        }
      }
    }),
    { numRuns: 500 },
  )
})

const mirrorChanged = (before: Bindings, after: Bindings) =>
  before.length !== after.length || before.some((binding) => !after.includes(binding))

function eventOf(act: Act, at: number) {
  switch (act.kind) {
    case 'register': {
      const lines =
        act.wish === '*'
          ? ['Contact: *', 'Expires: 0']
          : act.wish.map(({ host, instance, regId, expires }) => {
              const device = instance === null ? '' : `;+sip.instance="<urn:x:${instance}>"`
              const flow = regId === null ? '' : `;reg-id=${regId}`
              return `Contact: <sip:k@10.0.0.${host}>;expires=${expires}${device}${flow}`
            })
      if (act.proxied) lines.push('Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bKtwo')
      const facts = readRegister(receivedRequest('REGISTER', { ...act, lines }), 'kitchen')
      return 'status' in facts ? undefined : ({ kind: 'register', facts, at, wallTime: at } as const)
    }
    case 'pass':
      return { kind: 'time-passed', at } as const
    case 'disconnected':
      return act
    case 'forget':
      return { kind: 'forget' } as const
  }
}

type Act = typeof acts extends fc.Arbitrary<infer Value> ? Value : never
