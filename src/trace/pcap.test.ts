import { describe, expect, it } from 'vitest'
import { readPcap } from '../../test/helpers/read-pcap.ts'
import { sampleTrace } from '../../test/helpers/sample-trace.ts'
import { writePcap } from './pcap.ts'
import type { TracedMessage } from './trace.ts'

const message = (change: Partial<TracedMessage>): TracedMessage => ({
  at: 1_700_000_000_123.456,
  leg: 0,
  direction: 'in',
  transport: 'udp',
  local: { address: '192.0.2.2', port: 5060 },
  remote: { address: '203.0.113.5', port: 5070 },
  text: 'OPTIONS sip:x SIP/2.0\r\n\r\n',
  ...change,
})

describe('a pcap file', () => {
  it('has each datagram as it was, at its moment to the microsecond', () => {
    const out = message({ direction: 'out', text: 'SIP/2.0 200 \u00fc\u00ff\r\n\r\n' })
    const [first, second] = readPcap(writePcap({ messages: [message({}), out] }))
    expect(first).toMatchObject({
      version: 4,
      protocol: 'udp',
      from: '203.0.113.5:5070',
      to: '192.0.2.2:5060',
      payload: 'OPTIONS sip:x SIP/2.0\r\n\r\n',
    })
    expect(first?.at).toBeCloseTo(1_700_000_000_123.456, 3)
    expect(second).toMatchObject({ from: '192.0.2.2:5060', to: '203.0.113.5:5070', payload: out.text })
  })

  it('has IPv6, and 4 in 6 where the two differ', () => {
    const local = { address: '2001:db8::2', port: 5060 }
    const v6 = message({ local, remote: { address: 'fe80::1:ff%eth0', port: 5061 } })
    const mixed = message({ local, remote: { address: '::ffff:192.0.2.9', port: 5062 } })
    const [first, second] = readPcap(writePcap({ messages: [v6, mixed] }))
    expect(first).toMatchObject({
      version: 6,
      from: 'fe80:0:0:0:0:0:1:ff:5061',
      to: '2001:db8:0:0:0:0:0:2:5060',
    })
    expect(second).toMatchObject({ from: '0:0:0:0:0:ffff:c000:209:5062' })
  })

  it('has a stream as one connection, whose numbers count on', () => {
    const long = `INVITE sip:x SIP/2.0\r\n${'x'.repeat(3000)}\r\n\r\n`
    const messages = [
      message({ transport: 'tcp', text: long }),
      message({ transport: 'tcp', direction: 'out' }),
      message({ transport: 'tcp', text: 'ACK' }),
    ]
    const packets = readPcap(writePcap({ messages }))
    expect(packets.slice(0, 3).map(({ flags }) => flags)).toEqual([0x02, 0x12, 0x10])
    expect(packets.filter(({ payload }) => payload !== '')).toHaveLength(5)
    const next = new Map<string, number>()
    for (const { from, to, sequence, acknowledged, flags, payload } of packets) {
      expect(sequence).toBe(next.get(from) ?? 0)
      expect(acknowledged).toBe(flags === 0x02 ? 0 : (next.get(to) ?? 0))
      next.set(from, sequence + payload.length + (flags & 0x02 ? 1 : 0))
    }
    const heard = packets.filter(({ from }) => from === '203.0.113.5:5070').map(({ payload }) => payload)
    expect(heard.join('')).toBe(`${long}ACK`)
  })

  it('has what was encrypted as plain TCP, where SIP is looked for', () => {
    const tls = message({ transport: 'wss', local: { address: '192.0.2.2', port: 8443 } })
    const [first] = readPcap(writePcap({ messages: [tls] }))
    expect(first).toMatchObject({ protocol: 'tcp', to: '192.0.2.2:5060' })
  })

  it('has all of a call, and of a place that never was known', () => {
    const trace = sampleTrace()
    const told = readPcap(writePcap(trace))
      .map(({ payload }) => payload)
      .filter((payload) => payload !== '')
    expect(told).toEqual(trace.messages.map(({ text }) => text))
    expect(readPcap(writePcap({ messages: [message({ local: { address: '', port: 0 } })] }))).toHaveLength(1)
    expect(readPcap(writePcap({ messages: [] }))).toEqual([])
    const longest = message({ text: 'x'.repeat(70_000) })
    expect(readPcap(writePcap({ messages: [longest] }))[0]?.payload).toHaveLength(65_507)
  })
})
