import { afterEach, expect, it } from 'vitest'
import {
  noteEvents,
  plainRequest,
  type SipPair,
  type SipPairOptions,
  sipPair,
  summary,
} from '../../../test/helpers/sip-pair.ts'
import { buildResponse } from '../message/build.ts'

const pairs: SipPair[] = []
const setUp = (options?: SipPairOptions) => {
  const pair = sipPair(options)
  pairs.push(pair)
  return pair
}
/** When messages of a kind left, in ms. */
const instants = (pair: SipPair, what: string) =>
  summary(pair.network).flatMap((each, at) => (each === what ? [pair.network.trace[at]?.sentAt] : []))

afterEach(async () => {
  for (const pair of pairs.splice(0)) {
    // Whatever happened: in the end nothing is left.
    pair.clock.advance(100_000)
    expect(pair.caller.size + pair.callee.size).toBe(0)
    expect(pair.clock.pending).toBe(0)
    await pair.close()
  }
})

it('RFC 3261 §17.1.1.2 timers A and B: an INVITE is sent again at doubling intervals, and given up after 64·T1', () => {
  const pair = setUp({ loss: 1 })
  const seen = noteEvents()
  pair.caller.request(plainRequest('INVITE'), pair.to, seen)
  pair.clock.advance(31_999)
  expect(seen.log).toEqual([])
  pair.clock.advance(1)
  expect(seen.log).toEqual(['timeout'])
  expect(instants(pair, 'INVITE')).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500])
})

it('RFC 3261 §17.1.2.2 timers E and F: other requests at doubling intervals up to T2', () => {
  const pair = setUp({ loss: 1 })
  const seen = noteEvents()
  pair.caller.request(plainRequest('OPTIONS'), pair.to, seen)
  pair.clock.advance(40_000)
  expect(seen.log).toEqual(['timeout'])
  expect(instants(pair, 'OPTIONS')).toEqual([
    0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500,
  ])
})

it('RFC 3261 §17.1.2.2: after a provisional response the request is sent again every T2', () => {
  const pair = setUp()
  const seen = noteEvents()
  pair.caller.request(plainRequest('OPTIONS'), pair.to, seen)
  pair.clock.advance(100)
  const [served] = pair.requests
  served?.respond(buildResponse(served.request, 183, { toTag: 't' }))
  pair.clock.advance(9000)
  expect(instants(pair, 'OPTIONS')).toEqual([0, 500, 4500, 8500])
  // §17.2.2: each copy gets the provisional response again.
  expect(instants(pair, '183 OPTIONS')).toHaveLength(4)
  served?.respond(buildResponse(served.request, 200, { toTag: 't' }))
})

it('RFC 3261 §17.2.1 timers G and H: a refusal is sent again until its ACK, and given up after 64·T1', () => {
  const pair = setUp()
  const failures: string[] = []
  const calling = pair.caller.request(plainRequest('INVITE'), pair.to, noteEvents())
  pair.clock.advance(10)
  const [served] = pair.requests
  if (served) served.onFailed = (why) => void failures.push(why)
  pair.network.weather.loss = 1
  served?.respond(buildResponse(served.request, 486, { toTag: 't' }))
  pair.clock.advance(32_000)
  expect(failures).toEqual(['no-ack'])
  expect(instants(pair, '486 INVITE')).toEqual(
    [0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500].map((at) => at + 10),
  )
  // A caller that has heard 100 and nothing else waits until its user has had enough.
  calling.cancel()
})

it('RFC 3261 §17.1.1.3, §17.2.1 timers D and I: the ACK of a refusal is sent for each copy, and absorbed', () => {
  const pair = setUp()
  const seen = noteEvents()
  pair.caller.request(plainRequest('INVITE'), pair.to, seen)
  pair.clock.advance(10)
  const [served] = pair.requests
  let failed = false
  if (served) {
    served.onFailed = () => {
      failed = true
    }
  }
  pair.network.weather.latencyMs = 700
  served?.respond(buildResponse(served.request, 486, { toTag: 't' }))
  pair.clock.advance(3000)
  // The second copy left before the first ACK came back.
  expect(instants(pair, '486 INVITE')).toEqual([10, 510])
  expect(instants(pair, 'ACK')).toEqual([710, 1210])
  expect(seen.log).toEqual(['100', '486'])
  expect(pair.acks).toEqual([])
  expect(failed).toBe(false)
  const ack = pair.network.trace.find(({ text }) => text.startsWith('ACK'))?.text
  const invite = pair.network.trace[0]?.text
  const via = /^Via:.*$/m
  expect(ack?.match(via)?.[0]).toBe(invite?.match(via)?.[0])
  expect(ack).toContain('To: <sip:line@192.0.2.2>;tag=t')
  // Timer I (5 s) is over, timer D (32 s) is not.
  pair.clock.advance(5000)
  expect([pair.callee.size, pair.caller.size]).toEqual([0, 1])
})

it('RFC 6026 §7 timers L and M: after a 2xx both sides absorb copies for 64·T1, and every 2xx goes up', () => {
  const pair = setUp()
  const seen = noteEvents()
  pair.caller.request(plainRequest('INVITE'), pair.to, seen)
  pair.clock.advance(10)
  const [served] = pair.requests
  const ok = served && buildResponse(served.request, 200, { toTag: 't' })
  if (ok) served.respond(ok)
  pair.clock.advance(500)
  // RFC 3261 §13.3.1.4: the user of the server side sends it again, outside of the transaction.
  if (ok) pair.callee.sendResponse(ok, served.request.source)
  pair.clock.advance(10)
  expect(seen.log).toEqual(['100', '200', '200'])
  pair.clock.advance(31_400)
  expect([pair.callee.size, pair.caller.size]).toEqual([1, 1])
  pair.clock.advance(100)
  expect([pair.callee.size, pair.caller.size]).toEqual([0, 0])
  // A copy that comes later still belongs to nothing: the stray is the user's to acknowledge.
  if (ok) pair.callee.sendResponse(ok, served.request.source)
  pair.clock.advance(10)
  expect(pair.strays.map(({ status }) => status)).toEqual([200])
})

it('RFC 3261 §17: over a reliable transport nothing is sent twice and nothing lingers but L, M and H', () => {
  const pair = setUp({ transport: 'tcp' })
  const seen = noteEvents()
  pair.caller.request(plainRequest('OPTIONS'), pair.to, seen)
  pair.caller.request(plainRequest('INVITE'), pair.to, seen)
  pair.clock.advance(20_000)
  for (const served of pair.requests) served.respond(buildResponse(served.request, 404, { toTag: 't' }))
  pair.clock.advance(10)
  expect(summary(pair.network)).toEqual([
    'OPTIONS',
    'INVITE',
    '100 INVITE',
    '404 OPTIONS',
    '404 INVITE',
    'ACK',
  ])
  expect(seen.log).toEqual(['100', '404', '404'])
  expect(pair.caller.size + pair.callee.size + pair.clock.pending).toBe(0)
})
