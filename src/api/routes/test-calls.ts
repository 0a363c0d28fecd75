import { AnswerphoneError } from '../../shared/errors.ts'
import { needLine } from '../acts/lines.ts'
import { hashSecret, makeSecret } from '../auth/secret.ts'
import { testCallInput, testCallLink, testCallOffer, testCallVisit } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { iso } from '../views/instant.ts'

const MINUTE_MS = 60_000
const DEFAULT_MINUTES = 15
const tag = 'Test calls'

export const testCallRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    url: '/api/v1/test-calls',
    access: 'owner',
    tag,
    summary: 'Makes a link by which somebody without an account calls a line from a browser, once',
    body: testCallInput,
    answer: { status: 201, json: testCallLink },
    errors: ['AP_NOT_FOUND'],
    async handle({ body, raw }, { machine, store, random, clock }) {
      const { id, name } = await needLine(store, body.line)
      const secret = makeSecret(random)
      const expiresAt = clock.now() + (body.minutes ?? DEFAULT_MINUTES) * MINUTE_MS
      machine.testCalls.invite(hashSecret(secret), { lineId: id, lineName: name, expiresAt })
      // In the fragment, which no server and no proxy gets to see.
      const url = `${raw.protocol}://${raw.host}/try.html#${secret}`
      return { url, line: name, expiresAt: iso(expiresAt) }
    },
  }),
  defineRoute({
    method: 'POST',
    url: '/api/v1/test-calls/visit',
    access: 'anyone',
    tag,
    summary: 'What a link is good for; asking does not use it up',
    body: testCallVisit,
    answer: { status: 200, json: testCallOffer },
    errors: ['AP_TEST_CALL_OVER', 'AP_TOO_MANY_ATTEMPTS'],
    async handle({ body, raw }, { machine, throttle }) {
      const call = await throttle.attempt(raw.ip, 'test call', async () =>
        machine.testCalls.find(hashSecret(body.token)),
      )
      if (!call) throw new AnswerphoneError('AP_TEST_CALL_OVER')
      return { line: call.lineName, expiresAt: iso(call.expiresAt) }
    },
  }),
]
