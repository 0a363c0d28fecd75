import { describe, expect, it } from 'vitest'
import { type EndpointPair, endpointPair, sdp } from '../../test/helpers/endpoint-pair.ts'
import { summary } from '../../test/helpers/sip-pair.ts'

function expectNothingLeft({ alice, machine, clock, settle }: EndpointPair): void {
  settle()
  expect(alice.size).toEqual({ dialogs: 0, transactions: 0 })
  expect(machine.size).toEqual({ dialogs: 0, transactions: 0 })
  expect(clock.pending).toBe(0)
}

for (const transport of ['udp', 'tcp'] as const) {
  describe(`two endpoints over ${transport}`, () => {
    it('ring, answer and hang up (RFC 3261 §13, §15)', () => {
      const pair = endpointPair({ transport })
      const call = pair.call()
      pair.clock.advance(10)
      pair.calls[0]?.invite.ring()
      pair.clock.advance(3000)
      pair.calls[0]?.invite.accept(sdp('machine'))
      pair.clock.advance(10)
      call.invite.hangUp()
      pair.clock.advance(10)
      expect(summary(pair.network)).toEqual([
        'INVITE',
        '100 INVITE',
        '180 INVITE',
        '200 INVITE',
        'ACK',
        'BYE',
        '200 BYE',
      ])
      expect(call.events).toEqual([
        { kind: 'progress', status: 180, dialog: call.invite.dialogId.remoteTag },
        { kind: 'confirmed', body: sdp('machine') },
        { kind: 'ended', reason: 'local-bye' },
      ])
      expect(pair.calls[0]?.events.map((event) => event.kind)).toEqual(['confirmed', 'ended'])
      expect(pair.calls[0]?.events.at(-1)).toMatchObject({ reason: 'remote-bye' })
      expectNothingLeft(pair)
    })
  })
}
