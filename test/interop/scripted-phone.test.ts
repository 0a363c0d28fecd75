import { expect, it } from 'vitest'
import { systemClock } from '../../src/shared/clock.ts'
import { systemRandom } from '../../src/shared/random.ts'
import type { IncomingInvite } from '../../src/sip/endpoint.ts'
import { buildResponse } from '../../src/sip/message/build.ts'
import { openEndpoint } from '../../src/sip/open-endpoint.ts'
import type { Source } from '../../src/sip/transport/transport.ts'
import { sdp } from '../helpers/endpoint-pair.ts'
import { answers, scriptedPhone } from '../helpers/scripted-phone.ts'
import { openWire, statusOf } from '../helpers/sip-wire.ts'
import { until } from '../helpers/until.ts'

it.each(['udp', 'tcp'] as const)(
  'a scripted phone registers, is called and calls over real %s sockets',
  async (transport) => {
    const invites: IncomingInvite[] = []
    let registeredAt: Source | undefined
    const endpoint = await openEndpoint({
      listen: [{ address: '127.0.0.1', port: 0 }],
      clock: systemClock,
      random: systemRandom,
      methods: ['REGISTER'],
      events: {
        onInvite: (invite) => void invites.push(invite),
        onRequest(transaction) {
          registeredAt = transaction.request.source
          transaction.respond(buildResponse(transaction.request, 200, { toTag: 'machine' }))
        },
      },
    })
    const port = endpoint.locals[0]?.port ?? 0
    const wire = await openWire({ to: { host: '127.0.0.1', port }, transport })
    const phone = scriptedPhone({
      wire,
      clock: systemClock,
      random: systemRandom,
      user: 'kitchen',
      domain: '127.0.0.1',
      onCall: answers(),
    })
    try {
      expect(statusOf(await phone.register())).toBe(200)
      if (!registeredAt) throw new Error('no REGISTER came')
      const kinds: string[] = []
      const invite = endpoint.invite({
        uri: phone.contact.slice(1, -1),
        to: registeredAt,
        from: { displayName: undefined, uri: 'sip:alice@127.0.0.1', params: new Map() },
        body: sdp('offer'),
      })
      invite.onEvent = ({ kind }) => void kinds.push(kind)
      await until(() => phone.calls[0]?.acknowledged === true)
      phone.calls[0]?.hangUp()
      await until(() => kinds.at(-1) === 'ended')
      expect(kinds).toEqual(['progress', 'confirmed', 'ended'])

      const call = phone.call(`sip:*1@127.0.0.1:${port}`)
      await until(() => invites.length === 1)
      invites[0]?.accept(sdp('answer'))
      await until(() => call.state === 'talking')
      invites[0]?.hangUp()
      await call.over
      expect(call.endedBy).toMatch(/^BYE /)
    } finally {
      await phone[Symbol.asyncDispose]()
      await endpoint.close()
    }
  },
)
