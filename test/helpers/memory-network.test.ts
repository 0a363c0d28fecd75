import { expect, it } from 'vitest'
import type { Transport } from '../../src/sip/transport/transport.ts'
import { fakeClock } from './fake-clock.ts'
import { type MemoryNetworkOptions, memoryNetwork } from './memory-network.ts'
import { noteTransport } from './note-transport.ts'
import { seededRandom } from './seeded-random.ts'

function setUp(weather: Partial<MemoryNetworkOptions> = {}, seed = 1) {
  const clock = fakeClock()
  const network = memoryNetwork({ clock, random: seededRandom(seed), ...weather })
  const heard = noteTransport()
  const back = noteTransport()
  const target = { address: '192.0.2.2', port: 5060 }
  const send = (transport: Transport, from: number, to: number) => {
    for (let number = from; number <= to; number++) {
      transport.send(Buffer.from(String(number)), { transport: transport.name, ...target })
    }
  }
  return { clock, network, heard, back, target, send }
}

const numbers = ({ messages }: ReturnType<typeof noteTransport>) => messages.map(({ text }) => Number(text))

it('delivers datagrams after the latency, never within send', () => {
  const { clock, network, heard, back, target, send } = setUp({ latencyMs: 20 })
  network.udp(target.address, target.port, heard)
  const sender = network.udp('192.0.2.1', 0, back)
  send(sender, 1, 1)
  clock.advance(19)
  expect(heard.messages).toEqual([])
  clock.advance(1)
  expect(heard.messages).toEqual([{ text: '1', from: { transport: 'udp', ...sender.local, local: target } }])
  expect(network.trace).toMatchObject([
    { sentAt: 0, arrivesAt: [20], text: '1', from: sender.local, to: target },
  ])
})

it('loses, doubles and reorders datagrams by the shares that it is told, the same for the same seed', () => {
  const run = (seed: number) => {
    const { clock, network, heard, back, target, send } = setUp(
      { loss: 0.3, duplication: 0.2, jitterMs: 50 },
      seed,
    )
    network.udp(target.address, target.port, heard)
    send(network.udp('192.0.2.1', 5060, back), 1, 1000)
    clock.advance(100)
    return { network, heard: numbers(heard) }
  }
  const { network, heard } = run(1)
  const lost = network.trace.filter(({ arrivesAt }) => arrivesAt.length === 0).length
  const doubled = network.trace.filter(({ arrivesAt }) => arrivesAt.length === 2).length
  expect(lost).toBeGreaterThan(230)
  expect(lost).toBeLessThan(370)
  expect(doubled).toBeGreaterThan(90)
  expect(doubled).toBeLessThan(190)
  expect(heard).toHaveLength(1000 - lost + doubled)
  expect(heard).not.toEqual([...heard].sort((a, b) => a - b))
  expect(run(1).heard).toEqual(heard)
  expect(run(2).heard).not.toEqual(heard)
})

it('keeps streams in order and whole, and answers over the same connection', () => {
  const { clock, network, heard, back, target, send } = setUp({ loss: 1, jitterMs: 50 })
  const listener = network.tcp(target.address, target.port, heard)
  send(network.tcp('192.0.2.1', 5060, back), 1, 100)
  clock.advance(100)
  expect(numbers(heard)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
  const [first] = heard.messages
  if (first) listener.send(Buffer.from('back'), first.from)
  clock.advance(100)
  expect(back.messages[0]).toMatchObject({ text: 'back', from: { flow: first?.from.flow, ...target } })
})

it('refuses connections where nobody listens, and breaks them when told', () => {
  const { clock, network, heard, back, target, send } = setUp()
  const caller = network.tcp('192.0.2.1', 5060, back)
  send(caller, 1, 1)
  clock.advance(10)
  expect(back.failures.map(({ code }) => code)).toEqual(['ECONNREFUSED'])
  network.tcp(target.address, target.port, heard)
  send(caller, 2, 2)
  network.breakConnections()
  clock.advance(10)
  expect(back.failures.map(({ code }) => code)).toEqual(['ECONNREFUSED', 'ECONNRESET'])
  expect(heard.messages).toEqual([])
})

it('is deaf and dumb once closed', async () => {
  const { clock, network, heard, back, target, send } = setUp()
  const listener = network.udp(target.address, target.port, heard)
  const sender = network.udp('192.0.2.1', 5060, back)
  send(sender, 1, 1)
  await listener.close()
  await sender.close()
  send(sender, 2, 2)
  clock.advance(10)
  expect(heard.messages).toEqual([])
  expect(back.failures.map(({ code }) => code)).toEqual(['ENOTCONN'])
  expect(clock.pending).toBe(0)
})
