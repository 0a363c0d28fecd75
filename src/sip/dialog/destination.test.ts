import { describe, expect, it } from 'vitest'
import type { Source } from '../transport/transport.ts'
import { destinationOf } from './destination.ts'

const local = { address: '192.0.2.2', port: 5060 }
const udp: Source = { transport: 'udp', address: '192.0.2.1', port: 5070, local }
const tcp: Source = { transport: 'tcp', address: '192.0.2.1', port: 40_001, flow: 'f1', local }

describe('a request within a dialog goes', () => {
  it('to a numeric host and its port, 5060 unless given (RFC 3263 §4.2)', () => {
    const peer = { source: udp, sentBy: '192.0.2.1' }
    expect(destinationOf('sip:a@192.0.2.1:5062', peer)).toEqual({
      transport: 'udp',
      address: '192.0.2.1',
      port: 5062,
      local,
    })
    expect(destinationOf('sip:192.0.2.8', peer)).toMatchObject({ address: '192.0.2.8', port: 5060 })
    expect(destinationOf('sip:a@[2001:db8::1]', peer)).toMatchObject({ address: '2001:db8::1' })
  })

  it('by the transport that the URI names, else by that of the dialog', () => {
    const peer = { source: udp, sentBy: '192.0.2.1' }
    expect(destinationOf('sip:a@192.0.2.1;transport=TCP', peer)).toMatchObject({
      transport: 'tcp',
      port: 5060,
    })
    expect(destinationOf('sip:a@192.0.2.1;transport=pigeon', peer)).toMatchObject({ transport: 'udp' })
    expect(destinationOf('sips:a@192.0.2.1', peer)).toMatchObject({ transport: 'tls', port: 5061 })
    expect(destinationOf('sip:a@192.0.2.1:5062', { source: tcp, sentBy: '192.0.2.1' }).transport).toBe('tcp')
  })

  it('over the connection that is open to that host (RFC 5923)', () => {
    const peer = { source: tcp, sentBy: '192.0.2.1' }
    expect(destinationOf('sip:a@192.0.2.1:5062', peer)).toEqual({
      transport: 'tcp',
      address: '192.0.2.1',
      port: 5062,
      flow: 'f1',
      local,
    })
    expect(destinationOf('sip:a@192.0.2.9', peer)).not.toHaveProperty('flow')
  })

  it('the way back when the peer calls itself by an address that is not its own: a NAT', () => {
    expect(destinationOf('sip:a@10.0.0.5', { source: udp, sentBy: '10.0.0.5' })).toBe(udp)
    expect(destinationOf('sip:a@10.0.0.5', { source: tcp, sentBy: '10.0.0.5' })).toBe(tcp)
  })

  it('the way back over a WebSocket, whatever the URI says: `.invalid`, an address made up, another transport (RFC 7118 §5)', () => {
    for (const transport of ['ws', 'wss'] as const) {
      const source: Source = { ...tcp, transport, flow: 'ws-1', account: 'user:ada' }
      for (const uri of [
        'sip:a@df7jal23ls0d.invalid;transport=ws',
        'sip:a@192.0.2.9:5060',
        'sip:a@192.0.2.1',
      ])
        expect(destinationOf(uri, { source, sentBy: 'df7jal23ls0d.invalid' })).toBe(source)
    }
  })

  it('the way back for a host name, and for what is no SIP URI', () => {
    expect(destinationOf('sip:a@phone.example', { source: udp, sentBy: 'phone.example' })).toBe(udp)
    expect(destinationOf('tel:+4930123', { source: udp, sentBy: undefined })).toBe(udp)
  })
})
