/**
 * A SIP user agent in 25 lines: it rings for two seconds, then says that it is busy.
 *
 *     npx node examples/refuse-politely.ts 127.0.0.1:5070
 */
import { systemClock } from '../src/shared/clock.ts'
import { systemRandom } from '../src/shared/random.ts'
import { callIdOf, fromOf, openEndpoint } from '../src/sip/index.ts'

const [host = '127.0.0.1', port = '5070'] = (process.argv[2] ?? '').split(':')

const endpoint = await openEndpoint({
  listen: [{ address: host || '127.0.0.1', port: Number(port) }],
  clock: systemClock,
  random: systemRandom,
  events: {
    onInvite(invite) {
      console.log(`${fromOf(invite.request)?.uri} calls (${callIdOf(invite.request)})`)
      const patience = systemClock.setTimer(2000, () => invite.reject(486))
      invite.onEvent = (event) => {
        if (event.kind !== 'ended') return
        patience.cancel()
        console.log(`over: ${event.reason}`)
      }
      invite.ring()
    },
  },
})
for (const { transport, address, port } of endpoint.locals)
  console.log(`listening: ${transport} ${address}:${port}`)
process.once('SIGTERM', () => void endpoint.close())
