import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EndpointPair, endpointPair, sdp } from '../../test/helpers/endpoint-pair.ts'

/** What either user may do, each after a pause in ms. */
const act = fc.record({
  what: fc.constantFrom('ring', 'ring-early', 'accept', 'reject', 'their-hang-up', 'our-hang-up', 'info'),
  pauseMs: fc.constantFrom(0, 1, 40, 300, 700, 5000, 33_000),
})

const weather = fc.record({
  loss: fc.constantFrom(0, 0.1, 0.4),
  duplication: fc.constantFrom(0, 0.3),
  jitterMs: fc.constantFrom(0, 100, 900),
  latencyMs: fc.constantFrom(1, 200),
  seed: fc.nat(),
})

const headers = fc.subarray<[string, string]>([
  ['Require', '100rel'],
  ['Session-Expires', '90;refresher=uac'],
  ['Expires', '20'],
])

function play(pair: EndpointPair, what: string, call: ReturnType<EndpointPair['call']>): void {
  const callee = pair.calls[0]?.invite
  switch (what) {
    case 'ring':
      return callee?.ring()
    case 'ring-early':
      return callee?.ring(sdp('early'))
    case 'accept':
      return callee?.accept(sdp('machine'))
    case 'reject':
      return callee?.reject(603)
    case 'their-hang-up':
      return call.invite.hangUp()
    case 'our-hang-up':
      return callee?.hangUp()
    case 'info':
      return call.invite.info({ contentType: 'application/dtmf-relay', bytes: Buffer.from('Signal=1') })
  }
}

describe('two endpoints over a bad network', () => {
  for (const transport of ['udp', 'tcp'] as const) {
    it(`end every call on both sides and keep nothing, over ${transport}`, () => {
      fc.assert(
        fc.property(weather, headers, fc.array(act, { maxLength: 6 }), (sky, extra, acts) => {
          const pair = endpointPair({ ...sky, transport })
          const call = pair.call({ headers: extra })
          for (const { what, pauseMs } of acts) {
            play(pair, what, call)
            pair.clock.advance(pauseMs)
          }
          // A BYE may be lost for good; so at last the sky clears and both sides hang up.
          pair.network.weather.loss = 0
          pair.clock.advance(2000)
          call.invite.hangUp()
          for (const { invite } of pair.calls) invite.hangUp()
          pair.settle()

          for (const { events } of [call, ...pair.calls]) {
            expect(events.filter(({ kind }) => kind === 'ended')).toHaveLength(1)
            expect(events.at(-1)?.kind).toBe('ended')
            expect(events.filter(({ kind }) => kind === 'confirmed').length).toBeLessThanOrEqual(1)
          }
          expect(pair.calls.length).toBeLessThanOrEqual(1)
          expect(pair.alice.size).toEqual({ dialogs: 0, transactions: 0 })
          expect(pair.machine.size).toEqual({ dialogs: 0, transactions: 0 })
          expect(pair.clock.pending).toBe(0)
        }),
        { numRuns: 60 },
      )
    })
  }

  it('confirm a call that is answered at last, however many messages are lost (RFC 3261 §13.3.1.4)', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const pair = endpointPair({
          seed,
          loss: 0.2,
          duplication: 0.2,
          jitterMs: 300,
          onInvite: (invite) => invite.accept(sdp('machine')),
        })
        const call = pair.call()
        pair.clock.advance(30_000)
        expect(call.events).toEqual([{ kind: 'confirmed', body: sdp('machine') }])
        expect(pair.calls[0]?.events).toEqual([{ kind: 'confirmed' }])
      }),
      // Fixed, because any network may lose everything.
      { numRuns: 60, seed: 3261 },
    )
  })
})
