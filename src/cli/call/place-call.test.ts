import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { untilHolds } from '../../../test/helpers/until.ts'
import { answerOffer } from '../../sdp/index.ts'
import type { IncomingInvite, InviteEvent } from '../../sip/endpoint.ts'
import { openEndpoint } from '../../sip/index.ts'
import { placeCall } from './place-call.ts'

/** Calls whoever answers like this, on this machine's own loop, with time that a test moves on. */
async function callWith(onInvite: (invite: IncomingInvite) => void) {
  const [clock, random] = [fakeClock(), seededRandom(7)]
  const events: InviteEvent['kind'][] = []
  let callee: IncomingInvite | undefined
  const endpoint = await openEndpoint({
    listen: [{ address: '127.0.0.1', port: 0 }],
    clock,
    random,
    events: {
      onInvite(invite) {
        callee = invite
        invite.onEvent = ({ kind }) => void events.push(kind)
        onInvite(invite)
      },
    },
  })
  const port = endpoint.locals.find(({ transport }) => transport === 'udp')?.port ?? 0
  const told: string[] = []
  const done = placeCall({
    ...{ host: '127.0.0.1', port, transport: 'udp', srtp: false, user: 'home', localAddress: '127.0.0.1' },
    ...{ from: { number: '+4930123456', name: undefined }, speech: new Int16Array(160), clock, random },
    tell: (what) => void told.push(what),
  }).then(
    () => 'done',
    (error) => error,
  )
  return {
    ...{ clock, told, done, events },
    hangUp: () => callee?.hangUp(),
    [Symbol.asyncDispose]: () => endpoint.close(),
  }
}

it('ends, and says why, where it rings without end', async () => {
  await using call = await callWith((invite) => invite.ring())
  await untilHolds(() => expect(call.told).toEqual(['it rings …']))
  call.clock.advance(124_000)
  expect(call.events).toEqual([])
  call.clock.advance(1000)
  expect(await call.done).toMatchObject({
    code: 'AP_CALL_UNANSWERED',
    message: expect.stringContaining('it rang for 125 seconds'),
  })
  await untilHolds(() => expect(call.events).toEqual(['ended']))
})

function answer(invite: IncomingInvite) {
  const answered = answerOffer(invite.offer?.bytes ?? Buffer.alloc(0), {
    ...{ address: '127.0.0.1', port: 9, codecs: ['PCMU'], sessionId: 1, version: 1 },
  })
  if (answered.ok) invite.accept({ contentType: 'application/sdp', bytes: answered.answer })
}

it('tells of no beep that it did not hear', async () => {
  await using call = await callWith(answer)
  await untilHolds(() => expect(call.told).toHaveLength(1))
  call.clock.advance(60_000)
  await untilHolds(() => expect(call.told[1]).toBe('no beep in 60 seconds: speaking all the same …'))
  await call.clock.advanceAsync(5000)
  await untilHolds(() => expect(call.told.at(-1)).toBe('hung up.'))
  expect(await call.done).toBe('done')
})

it('says so when it is hung up on before the beep', async () => {
  await using call = await callWith(answer)
  await untilHolds(() => expect(call.events).toContain('confirmed'))
  call.hangUp()
  expect(await call.done).toBe('done')
  expect(call.told.at(-1)).toBe('hung up before the beep; nothing was said.')
})
