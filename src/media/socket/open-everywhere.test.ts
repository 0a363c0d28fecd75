import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { whenPolled } from '../../../test/helpers/media-scene.ts'
import { memoryRtp } from '../../../test/helpers/memory-rtp.ts'
import type { Endpoint } from '../rtp/latch.ts'
import { openEverywhere } from './open-everywhere.ts'

const PORT = 20_000
const [ONE, TWO, THREE] = ['192.0.2.1', '198.51.100.1', '203.0.113.1']
const them = { address: '192.0.2.99', port: 5000 }

async function open(addresses: readonly string[]) {
  const wire = memoryRtp(fakeClock())
  const came: Endpoint[] = []
  const opened = await openEverywhere(whenPolled(wire.open), addresses, PORT, (_bytes, _length, source) =>
    came.push(source),
  )
  const say = (address: string) => wire.inject(them, { address, port: PORT }, Buffer.from('x'))
  return { wire, came, say, ...opened }
}

it('tells at which address something came, by one object while it comes from one place to one address', async () => {
  const { socket, came, say } = await open([ONE, TWO])
  for (const address of [ONE, TWO, ONE, TWO]) say(address)
  socket.poll()
  expect(came).toEqual([ONE, ONE, TWO, TWO].map((at) => ({ ...them, at })))
  expect(came[1]).toBe(came[0])
  expect(came[3]).toBe(came[2])
})

it('sends from the address that the other side came to, and from the first before it came', async () => {
  const { wire, socket } = await open([ONE, TWO])
  const sentTo = (to: Endpoint) => {
    socket.send(Buffer.from('x'), 1, to)
    return wire.carried.at(-1)?.from.address
  }
  expect([sentTo(them), sentTo({ ...them, at: TWO }), sentTo({ ...them, at: THREE })]).toEqual([
    ONE,
    TWO,
    ONE,
  ])
})

it('takes no more in one poll than is allowed, whatever address it comes to', async () => {
  const { socket, came, say } = await open([ONE, TWO, THREE])
  for (const address of [ONE, ONE, TWO, THREE]) say(address)
  socket.poll(3)
  expect(came).toHaveLength(3)
  socket.poll()
  expect(came).toHaveLength(4)
})

it('passes over addresses that it can not have, but the first', async () => {
  const wire = memoryRtp(fakeClock())
  wire.openNow(TWO, PORT)
  const { socket, also } = await openEverywhere(wire.open, [ONE, TWO, THREE, ONE], PORT, () => {})
  expect(also).toEqual([THREE])
  await expect(openEverywhere(wire.open, [TWO, '192.0.2.2'], PORT, () => {})).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
  socket.close()
  expect(wire.openSockets).toBe(1)
})

it('is the plain socket where there is one address', async () => {
  const { socket, also, came, say } = await open([ONE])
  say(ONE)
  socket.poll()
  expect([also, came]).toEqual([[], [them]])
})
