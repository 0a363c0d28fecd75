import { connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { noteTransport } from '../../../test/helpers/note-transport.ts'
import { until } from '../../../test/helpers/until.ts'
import { openTcpTransport, type TcpTransportOptions } from './tcp.ts'
import type { Transport } from './transport.ts'

const MESSAGE = 'OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n'

const opened: Transport[] = []
const sockets: Socket[] = []

async function open(address = '127.0.0.1', more: Partial<TcpTransportOptions> = {}) {
  const events = noteTransport()
  const clock = fakeClock()
  const transport = await openTcpTransport({ address, port: 0, events, clock, ...more })
  opened.push(transport)
  return { transport, events, clock, here: { transport: 'tcp' as const, ...transport.local } }
}

/** A bare peer, to do what no transport of ours does. */
function dial(to: { address: string; port: number }) {
  const socket = connect({ host: to.address, port: to.port })
  sockets.push(socket)
  const peer = { socket, heard: '', closed: false }
  socket.on('data', (chunk) => {
    peer.heard += chunk.toString()
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    peer.closed = true
  })
  return peer
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(opened.splice(0).map((transport) => transport.close()))
})

it.each(['127.0.0.1', '::1'])(
  'connects on demand on %s and answers over the same connection',
  async (address) => {
    const one = await open(address)
    const two = await open(address)
    one.transport.send(Buffer.from(MESSAGE), two.here)
    one.transport.send(Buffer.from(MESSAGE), two.here)
    await until(() => two.events.messages.length === 2)
    const [first, second] = two.events.messages
    expect(first?.text).toBe(MESSAGE)
    expect(first?.from).toMatchObject({ transport: 'tcp', address, local: two.transport.local })
    // RFC 3261 §18.1.1: one connection for both.
    expect(second?.from.flow).toBe(first?.from.flow)
    if (first) two.transport.send(Buffer.from(MESSAGE), { ...first.from, port: 9 })
    await until(() => one.events.messages.length === 1)
    expect(one.events.failures).toEqual([])
  },
)

it('RFC 5626 §4.4.1: answers CRLFCRLF with CRLF', async () => {
  const { here, events } = await open()
  const peer = dial(here)
  peer.socket.write('\r\n\r\n')
  await until(() => peer.heard === '\r\n')
  expect(events.messages).toEqual([])
})

it('RFC 3261 §18.3: frames messages however they are cut', async () => {
  const { here, events } = await open()
  const { socket } = dial(here)
  socket.write(`${MESSAGE}${MESSAGE.slice(0, 20)}`)
  await until(() => events.messages.length === 1)
  socket.write(MESSAGE.slice(20))
  await until(() => events.messages.length === 2)
  expect(events.messages.map(({ text }) => text)).toEqual([MESSAGE, MESSAGE])
})

it('reports broken framing, lets an answer out and closes', async () => {
  const { here, transport, events } = await open()
  events.onBroken = (_bytes, from) => transport.send(Buffer.from('400'), from)
  const peer = dial(here)
  peer.socket.write('OPTIONS sip:a@b SIP/2.0\r\nContent-Length: many\r\n\r\n')
  await until(() => peer.closed)
  expect(peer.heard).toBe('400')
})

it('reports a refused connection for every message that waited for it', async () => {
  const { here, transport } = await open()
  await transport.close()
  opened.splice(0)
  const one = await open()
  const to = { ...here }
  one.transport.send(Buffer.from(MESSAGE), to)
  one.transport.send(Buffer.from(MESSAGE), to)
  expect(one.events.failures).toEqual([])
  await until(() => one.events.failures.length === 2)
  expect(one.events.failures[0]).toEqual({ to, code: 'ECONNREFUSED' })
  expect(one.events.failures[0]?.to).toBe(to)
})

it('reports a port out of range', async () => {
  const { transport, events } = await open()
  transport.send(Buffer.from(MESSAGE), { transport: 'tcp', address: '127.0.0.1', port: 70_000 })
  await until(() => events.failures.length === 1)
})

it('says in words of the catalogue why it could not listen', async () => {
  const { transport } = await open()
  await expect(open('127.0.0.1', { port: transport.local.port })).rejects.toMatchObject({
    code: 'AP_SIP_PORT_IN_USE',
  })
  await expect(open('192.0.2.1')).rejects.toMatchObject({ code: 'AP_SIP_ADDRESS_NOT_OURS' })
})

it('closes surplus connections: of one source, and in all', async () => {
  const { here } = await open('127.0.0.1', { limits: { connectionsPerSource: 2 } })
  const peers = [dial(here), dial(here), dial(here)]
  await until(() => peers.some(({ closed }) => closed))
  expect(peers.filter(({ closed }) => closed)).toHaveLength(1)

  const small = await open('127.0.0.1', { limits: { connections: 1 } })
  const first = dial(small.here)
  first.socket.write(MESSAGE)
  await until(() => small.events.messages.length === 1)
  const second = dial(small.here)
  await until(() => second.closed)
  small.transport.send(Buffer.from(MESSAGE), here)
  await until(() => small.events.failures.length === 1)
})

it('takes no connection from strangers, where it is told who may come', async () => {
  const asked: string[] = []
  const admits: TcpTransportOptions['admits'] = ({ address }) => {
    asked.push(address)
    return false
  }
  const { here } = await open('127.0.0.1', { admits })
  const peer = dial(here)
  await until(() => peer.closed)
  expect(asked).toEqual(['127.0.0.1'])
})

it('closes a connection whose peer does not read', async () => {
  const { here, transport, events } = await open('127.0.0.1', { limits: { queueBytes: 100_000 } })
  const peer = dial(here)
  peer.socket.write(MESSAGE)
  await until(() => events.messages.length === 1)
  peer.socket.pause()
  const [received] = events.messages
  const load = Buffer.alloc(64 * 1024)
  for (let sent = 0; sent < 1000 && received && events.failures.length === 0; sent++) {
    transport.send(load, received.from)
    await new Promise((next) => setImmediate(next))
  }
  expect(events.failures.at(-1)?.code).toBe('ENOBUFS')
})

it('drops a connection over which nobody answers, and makes a new one for what comes next', async () => {
  const one = await open()
  const two = await open()
  one.transport.send(Buffer.from(MESSAGE), two.here)
  await until(() => two.events.messages.length === 1)
  one.transport.drop?.(two.here)
  await until(() => one.events.closed.length === 1)
  one.transport.send(Buffer.from(MESSAGE), two.here)
  await until(() => two.events.messages.length === 2)
  expect(two.events.messages[1]?.from.flow).not.toBe(two.events.messages[0]?.from.flow)
})
