import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plainRequest, type SipPair, sipPair } from '../../../test/helpers/sip-pair.ts'
import { buildResponse } from '../message/build.ts'
import type { SipResponse } from '../message/message.ts'
import { callIdOf } from '../message/read.ts'
import type { ClientTransactionEvents, ServerTransaction } from './layer.ts'

/** How the called side answers one request. */
const plan = fc.record({
  method: fc.constantFrom('INVITE', 'INVITE', 'OPTIONS', 'BYE'),
  status: fc.constantFrom(200, 200, 302, 404, 486, 603),
  rings: fc.boolean(),
  answersAfterMs: fc.integer({ min: 0, max: 40_000 }),
  cancelsAfterMs: fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: undefined }),
})
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

const weather = fc.record({
  latencyMs: fc.integer({ min: 0, max: 900 }),
  jitterMs: fc.integer({ min: 0, max: 2000 }),
  loss: fc.constantFrom(0, 0.1, 0.4, 0.8, 1),
  duplication: fc.constantFrom(0, 0.3, 1),
})

/** Longest time that a caller lets it ring; then it cancels. */
const PATIENCE_MS = 60_000

const cases = fc.record({
  transport: fc.constantFrom('udp' as const, 'tcp' as const),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  weather,
  plans: fc.array(plan, { minLength: 1, maxLength: 4 }),
  breaksAtMs: fc.option(fc.integer({ min: 0, max: 50_000 }), { nil: undefined }),
})

it('RFC 3261 §17, RFC 6026: over any network each client transaction ends once, and nothing is left behind', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ transport, seed, weather, plans, breaksAtMs }) => {
      const acknowledged = new Set<string>()
      const pair: SipPair = sipPair({
        transport,
        seed,
        ...weather,
        callee: {
          onRequest: (served) => serve(pair, served, plans, acknowledged),
          onAck: (ack) => void acknowledged.add(callIdOf(ack) ?? ''),
        },
      })
      if (breaksAtMs !== undefined) pair.clock.setTimer(breaksAtMs, pair.network.breakConnections)
      const ends = plans.map((each, number) => ask(pair, each, number))
      // Patience, the wait after a CANCEL, the copies that linger, and what the network still carries.
      pair.clock.advance(PATIENCE_MS + 2 * 32_000 + 40_000 + 32_000 + 10_000)

      expect(ends.map(({ length }) => length)).toEqual(plans.map(() => 1))
      expect([pair.caller.size, pair.callee.size, pair.clock.pending]).toEqual([0, 0, 0])
      await pair.close()
    }),
    { numRuns: 150 },
  )
})

/** Asks as a user would, and notes how the transaction ended. */
function ask(pair: SipPair, plan: Plan, number: number): string[] {
  const ends: string[] = []
  const request = plainRequest(plan.method, { callId: String(number) })
  const events: ClientTransactionEvents = {
    onProvisional: () => {},
    onFinal(response) {
      const accepted = plan.method === 'INVITE' && response.status < 300
      if (accepted) pair.caller.sendStateless(plainRequest('ACK', { callId: String(number) }), pair.to)
      // A 2xx comes up each time that it comes; it ends the transaction once.
      if (!accepted || ends[0] !== 'accepted') ends.push(accepted ? 'accepted' : `final ${response.status}`)
    },
    onTimeout: () => void ends.push('timeout'),
    onFailed: () => void ends.push('failed'),
  }
  const transaction = pair.caller.request(request, pair.to, events)
  pair.clock.setTimer(plan.cancelsAfterMs ?? PATIENCE_MS, () => transaction.cancel())
  return ends
}

/** Answers as the plan for this request has it, and repeats a 2xx until its ACK (RFC 3261 §13.3.1.4). */
function serve(
  pair: SipPair,
  served: ServerTransaction,
  plans: readonly Plan[],
  acknowledged: Set<string>,
): void {
  const callId = callIdOf(served.request) ?? ''
  const plan = plans[Number(callId)]
  if (!plan) throw new Error(`nobody asked for ${callId}`)
  const respond = (status: number) => {
    const response = buildResponse(served.request, status, { toTag: 't' })
    served.respond(response)
    return response
  }
  let answered = false
  served.onCancelled = () => {
    answered = true
    respond(487)
  }
  const repeat = (response: SipResponse, intervalMs: number, untilMs: number) => {
    if (acknowledged.has(callId) || pair.clock.monotonic() > untilMs) return
    pair.callee.sendResponse(response, served.request.source)
    pair.clock.setTimer(intervalMs, () => repeat(response, Math.min(2 * intervalMs, 4000), untilMs))
  }
  if (plan.rings) respond(180)
  pair.clock.setTimer(plan.answersAfterMs, () => {
    if (answered) return
    answered = true
    const response = respond(plan.status)
    if (plan.method === 'INVITE' && plan.status < 300) repeat(response, 500, pair.clock.monotonic() + 32_000)
  })
}
