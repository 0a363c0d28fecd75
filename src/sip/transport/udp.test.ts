import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import { noteTransport } from '../../../test/helpers/note-transport.ts'
import { until } from '../../../test/helpers/until.ts'
import { silentLog } from '../../shared/log.ts'
import type { Source, Transport } from './transport.ts'
import { openUdpTransport, type UdpTransportOptions } from './udp.ts'

const opened: Transport[] = []
const open = async (
  address: string,
  events = noteTransport(),
  port = 0,
  more: Partial<UdpTransportOptions> = {},
) => {
  const transport = await openUdpTransport({ address, port, events, log: silentLog, ...more })
  opened.push(transport)
  return { transport, events }
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((transport) => transport.close()))
})

it.each(['127.0.0.1', '::1'])('carries datagrams both ways on %s', async (address) => {
  const one = await open(address)
  const two = await open(address)
  one.transport.send(Buffer.from('there'), { transport: 'udp', ...two.transport.local })
  await until(() => two.events.messages.length === 1)
  const [first] = two.events.messages
  expect(first?.text).toBe('there')
  expect(first?.from).toEqual({ transport: 'udp', ...one.transport.local, local: two.transport.local })
  if (first) two.transport.send(Buffer.from('and back'), first.from)
  await until(() => one.events.messages.length === 1)
  expect(one.events.messages[0]?.text).toBe('and back')
})

it('reaches destinations of its own transport and family only', async () => {
  const { transport } = await open('127.0.0.1')
  const to = { transport: 'udp', address: '192.0.2.1', port: 5060 } as const
  expect(transport.reaches(to)).toBe(true)
  expect(transport.reaches({ ...to, transport: 'tcp' })).toBe(false)
  expect(transport.reaches({ ...to, address: '2001:db8::1' })).toBe(false)
})

it('RFC 5626: drops keep-alive datagrams', async () => {
  const { transport, events } = await open('127.0.0.1')
  const phone = createSocket('udp4')
  for (const datagram of ['\r\n', '\r\n\r\n', '\0\0\0\0', '', 'message']) {
    phone.send(datagram, transport.local.port, '127.0.0.1')
  }
  await until(() => events.messages.length > 0)
  expect(events.messages.map(({ text }) => text)).toEqual(['message'])
  phone.close()
  await once(phone, 'close')
})

/** A STUN Binding request without attributes. */
const BINDING = Buffer.from('000100002112a442000102030405060708090a0b', 'hex')

it.each(['127.0.0.1', '::1'])('RFC 5626 §4.4.2: tells a phone at %s where it is', async (address) => {
  const { transport, events } = await open(address)
  const phone = createSocket(address === '::1' ? 'udp6' : 'udp4')
  phone.send(BINDING, transport.local.port, address)
  const [answer] = (await once(phone, 'message')) as [Buffer]
  expect(answer.readUInt16BE(0)).toBe(0x0101)
  expect(answer.subarray(8, 20)).toEqual(BINDING.subarray(8))
  expect(answer.readUInt16BE(26) ^ 0x2112).toBe(phone.address().port)
  expect(events.messages).toEqual([])
  phone.close()
  await once(phone, 'close')
})

it('RFC 5626 §4.4.2: is silent to whom it does not admit, and passes no STUN on', async () => {
  const asked: Source[] = []
  const admits = (from: Source) => {
    asked.push(from)
    return false
  }
  const { transport, events } = await open('127.0.0.1', noteTransport(), 0, { admits })
  const phone = createSocket('udp4')
  let heard = 0
  phone.on('message', () => heard++)
  for (const datagram of [BINDING, 'message']) phone.send(datagram, transport.local.port, '127.0.0.1')
  await until(() => events.messages.length > 0)
  transport.send(Buffer.from('bye'), events.messages[0]?.from ?? { transport: 'udp', ...transport.local })
  await until(() => heard > 0)
  expect(heard).toBe(1)
  expect(events.messages.map(({ text }) => text)).toEqual(['message'])
  expect(asked).toEqual([
    { transport: 'udp', address: '127.0.0.1', port: phone.address().port, local: transport.local },
  ])
  phone.close()
  await once(phone, 'close')
})

it('reports what could not be sent, after send has returned, with the destination that it was given', async () => {
  const { transport, events } = await open('127.0.0.1')
  const tooLong = { transport: 'udp', address: '127.0.0.1', port: 9 } as const
  const badPort = { transport: 'udp', address: '127.0.0.1', port: 70_000 } as const
  transport.send(Buffer.alloc(66_000), tooLong)
  transport.send(Buffer.from('x'), badPort)
  expect(events.failures).toEqual([])
  await until(() => events.failures.length === 2)
  expect(events.failures.find(({ to }) => to === tooLong)?.code).toBe('EMSGSIZE')
  expect(events.failures.find(({ to }) => to === badPort)?.code).toBe('ERR_SOCKET_BAD_PORT')
})

it('says in words of the catalogue why it could not listen', async () => {
  const { transport } = await open('127.0.0.1')
  await expect(open('127.0.0.1', noteTransport(), transport.local.port)).rejects.toMatchObject({
    code: 'AP_SIP_PORT_IN_USE',
  })
  await expect(open('192.0.2.1')).rejects.toMatchObject({ code: 'AP_SIP_ADDRESS_NOT_OURS' })
})
