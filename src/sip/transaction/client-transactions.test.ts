import { afterEach, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { memoryNetwork } from '../../../test/helpers/memory-network.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import {
  noteEvents,
  plainRequest,
  type SipPair,
  type SipPairOptions,
  sipPair,
  summary,
} from '../../../test/helpers/sip-pair.ts'
import { buildResponse } from '../message/build.ts'
import { createTransactionLayer } from './create-layer.ts'
import type { TransactionLayerEvents } from './layer.ts'

const pairs: SipPair[] = []
const setUp = (options?: SipPairOptions) => {
  const pair = sipPair(options)
  pairs.push(pair)
  return pair
}

afterEach(async () => {
  for (const pair of pairs.splice(0)) {
    pair.clock.advance(200_000)
    expect(pair.caller.size + pair.callee.size + pair.clock.pending).toBe(0)
    await pair.close()
  }
})

it('RFC 3261 §9.1: a CANCEL waits for the first provisional response, and carries the Via of its INVITE', () => {
  const pair = setUp({ latencyMs: 20 })
  const seen = noteEvents()
  const call = pair.caller.request(plainRequest('INVITE'), pair.to, seen)
  pair.clock.advance(30)
  call.cancel([['Reason', 'SIP;cause=200']])
  call.cancel()
  expect(summary(pair.network)).toEqual(['INVITE', '100 INVITE'])
  const [served] = pair.requests
  if (served) {
    served.onCancelled = () => served.respond(buildResponse(served.request, 487, { toTag: 't' }))
  }
  pair.clock.advance(100)
  expect(summary(pair.network).slice(2)).toEqual(['CANCEL', '200 CANCEL', '487 INVITE', 'ACK'])
  expect(seen.log).toEqual(['100', '487'])
  const [invite, , cancel] = pair.network.trace.map(({ text }) => text)
  const line = (text: string | undefined, name: string) =>
    new RegExp(`^${name}:.*$`, 'm').exec(text ?? '')?.[0]
  for (const name of ['Via', 'From', 'To', 'Call-ID']) expect(line(cancel, name)).toBe(line(invite, name))
  expect(line(cancel, 'CSeq')).toBe('CSeq: 1 CANCEL')
  expect(line(cancel, 'Reason')).toBe('Reason: SIP;cause=200')
})

it('RFC 3261 §9.1: an INVITE that gets no final response to its CANCEL is given up after 64·T1', () => {
  const pair = setUp()
  const seen = noteEvents()
  const call = pair.caller.request(plainRequest('INVITE'), pair.to, seen)
  pair.clock.advance(600_000)
  expect(seen.log).toEqual(['100'])
  call.cancel()
  pair.clock.advance(32_000)
  expect(seen.log).toEqual(['100', 'timeout'])
  const [served] = pair.requests
  served?.respond(buildResponse(served.request, 487, { toTag: 't' }))
})

it('RFC 3261 §18.4: says that a request could not be sent, after request() has returned', () => {
  const pair = setUp({ transport: 'tcp' })
  const [nowhere, unreachable] = [noteEvents(), noteEvents()]
  pair.caller.request(plainRequest('OPTIONS'), { ...pair.to, transport: 'udp' }, nowhere)
  pair.caller.request(plainRequest('INVITE'), { ...pair.to, port: 9 }, unreachable)
  expect([nowhere.log, unreachable.log]).toEqual([[], []])
  pair.clock.advance(10)
  expect([nowhere.log, unreachable.log]).toEqual([['failed'], ['failed']])
  expect(pair.caller.size).toBe(0)
})

it('tells a server transaction that its response could not be sent', () => {
  const pair = setUp({ transport: 'tcp' })
  const failures: string[] = []
  const call = pair.caller.request(plainRequest('INVITE'), pair.to, noteEvents())
  pair.clock.advance(10)
  const [served] = pair.requests
  if (served) served.onFailed = (why) => void failures.push(why)
  void pair.caller.close()
  served?.respond(buildResponse(served.request, 486, { toTag: 't' }))
  pair.clock.advance(10)
  expect(failures).toEqual(['transport'])
  call.cancel()
})

it('answers from the socket that was asked, where there are several', async () => {
  const clock = fakeClock()
  const random = seededRandom()
  const network = memoryNetwork({ clock, random })
  const events: TransactionLayerEvents = {
    onRequest: (served) => served.respond(buildResponse(served.request, 200, { toTag: 't' })),
    onAck: () => {},
    onStrayResponse: () => {},
    admits: () => true,
  }
  const layer = createTransactionLayer({ clock, random, events })
  layer.attach(network.udp('192.0.2.2', 5060, layer.receive))
  layer.attach(network.udp('192.0.2.3', 5060, layer.receive))
  const asking = createTransactionLayer({ clock, random, events })
  asking.attach(network.udp('192.0.2.1', 5060, asking.receive))
  asking.request(
    plainRequest('OPTIONS'),
    { transport: 'udp', address: '192.0.2.3', port: 5060 },
    noteEvents(),
  )
  clock.advance(10)
  expect(network.trace.at(-1)?.from).toEqual({ address: '192.0.2.3', port: 5060 })
  await layer.close()
  await asking.close()
  expect(clock.pending).toBe(0)
})

it('names the public address in Via and Contact where there is one', async () => {
  const clock = fakeClock()
  const random = seededRandom()
  const network = memoryNetwork({ clock, random })
  const events = { onRequest: () => {}, onAck: () => {}, onStrayResponse: () => {}, admits: () => true }
  const layer = createTransactionLayer({ clock, random, events, publicAddress: '203.0.113.1' })
  layer.attach(network.udp('192.168.1.2', 5070, layer.receive))
  const to = { transport: 'udp', address: '198.51.100.1', port: 5060 } as const
  expect(layer.localFor(to)).toEqual({ address: '203.0.113.1', port: 5070 })
  layer.sendStateless(plainRequest('ACK'), to)
  expect(network.trace[0]?.text).toMatch(
    /^Via: SIP\/2\.0\/UDP 203\.0\.113\.1:5070;branch=z9hG4bK\w{24};rport\r$/m,
  )
  expect(layer.localFor({ ...to, transport: 'tcp' })).toBeUndefined()
  // A phone at home, whose ACK and BYE go to our Contact.
  expect(layer.localFor({ ...to, address: '192.168.1.20' })).toEqual({ address: '192.168.1.2', port: 5070 })
  await layer.close()
  clock.advance(10)
})

it('frees everything when it closes in the middle', async () => {
  const pair = setUp({ loss: 1 })
  pair.caller.request(plainRequest('INVITE'), pair.to, noteEvents())
  pair.caller.request(plainRequest('OPTIONS'), pair.to, noteEvents())
  expect([pair.caller.size, pair.clock.pending]).toEqual([2, 4])
  await pair.caller.close()
  expect([pair.caller.size, pair.clock.pending]).toEqual([0, 0])
})

it('sends nothing and starts nothing for a server transaction of a layer that has closed', async () => {
  const pair = setUp()
  pair.caller.request(plainRequest('INVITE'), pair.to, noteEvents())
  pair.clock.advance(10)
  await Promise.all([pair.caller.close(), pair.callee.close()])
  const [served] = pair.requests
  served?.respond(buildResponse(served.request, 200, { toTag: 't' }))
  expect(pair.clock.pending).toBe(0)
})
