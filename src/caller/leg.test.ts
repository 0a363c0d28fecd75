import { expect, it } from 'vitest'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { type FlowStats, type MediaEngine, type MediaSession, NO_FLOW } from '../media/engine.ts'
import type { IncomingInvite } from '../sip/endpoint.ts'
import { parseMessage } from '../sip/message/parse.ts'
import { openCallerLeg } from './leg.ts'

const STATS: FlowStats = NO_FLOW

const SOURCE = {
  transport: 'udp',
  address: '192.0.2.1',
  port: 5060,
  local: { address: '192.0.2.2', port: 5060 },
}

function openLeg() {
  const parsed = parseMessage(
    Buffer.from(
      'INVITE sip:home@192.0.2.2 SIP/2.0\r\nFrom: <sip:1@192.0.2.1>;tag=1\r\nContent-Length: 0\r\n\r\n',
    ),
    'datagram',
  )
  if (!parsed.ok) throw new Error('broken test')
  const did: string[] = []
  const session = {
    local: { address: '192.0.2.2', port: 20_000 },
    alsoAt: [],
    close: async () => {
      did.push('session closed')
      return STATS
    },
  }
  const leg = openCallerLeg({
    invite: {
      request: { ...parsed.message, source: SOURCE },
      onEvent: () => {},
    } as unknown as IncomingInvite,
    media: { openSession: async () => session as unknown as MediaSession } as unknown as MediaEngine,
    bindAddress: '192.0.2.2',
    sessionId: 1,
    sdes: { use: 'off', isPrivate: false, random: seededRandom() },
    events: {
      onFact: ({ kind }) => did.push(kind),
      onTakeStarted: () => {},
      onTakeEnded: () => {},
      onNoSound: () => {},
    },
  })
  return { leg, did }
}

it('ends the stream before whatever else follows from the end of the call', async () => {
  const { leg, did } = openLeg()
  await Promise.resolve().then(() => {})
  const closing = leg.close()
  did.push('phones let go')
  expect(did).toEqual(['arrived', 'session closed', 'phones let go'])
  expect(await closing).toBe(STATS)
})

it('ends a stream that was still being opened', async () => {
  const { leg, did } = openLeg()
  expect(await leg.close()).toBe(STATS)
  expect(did).toEqual(['arrived', 'session closed'])
})
