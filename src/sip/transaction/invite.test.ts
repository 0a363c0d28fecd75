import { expect, it } from 'vitest'
import { noteEvents, plainRequest, sipPair, summary } from '../../../test/helpers/sip-pair.ts'
import { buildResponse } from '../message/build.ts'

it('RFC 3261 §17: an INVITE is answered with 100 at once, rings, is accepted, and both sides forget it', async () => {
  const pair = sipPair()
  const seen = noteEvents()
  pair.caller.request(plainRequest('INVITE'), pair.to, seen)
  pair.clock.advance(10)
  const [served] = pair.requests
  served?.respond(buildResponse(served.request, 180, { toTag: 't' }))
  served?.respond(buildResponse(served.request, 200, { toTag: 't' }))
  pair.clock.advance(10)
  expect(seen.log).toEqual(['100', '180', '200'])
  expect(summary(pair.network)).toEqual(['INVITE', '100 INVITE', '180 INVITE', '200 INVITE'])
  pair.clock.advance(64 * 500)
  expect(pair.caller.size + pair.callee.size).toBe(0)
  expect(pair.clock.pending).toBe(0)
  await pair.close()
})
