import { expect, it } from 'vitest'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { systemClock } from '../shared/clock.ts'
import { type OpenEndpoint, openEndpoint } from './open-endpoint.ts'

const open = (port: number): Promise<OpenEndpoint> =>
  openEndpoint({
    listen: [{ address: '127.0.0.1', port }],
    clock: systemClock,
    random: seededRandom(),
    events: { onInvite: () => {} },
  })

it('listens over UDP and TCP on one port', async () => {
  const endpoint = await open(0)
  const [udp, tcp] = endpoint.locals
  expect(udp?.transport).toBe('udp')
  expect(tcp).toEqual({ ...udp, transport: 'tcp' })
  await endpoint.close()
})

it('leaves nothing open when an address can’t be had', async () => {
  const first = await open(0)
  await expect(open(first.locals[0]?.port ?? 0)).rejects.toMatchObject({ code: 'AP_SIP_PORT_IN_USE' })
  await first.close()
})
