import { describe, expect, it } from 'vitest'
import { buildRequest } from '../message/build.ts'
import { topVia } from '../message/read.ts'
import type { Source } from './transport.ts'
import { markReceived, responseDestination } from './via-routing.ts'

const source: Source = {
  transport: 'udp',
  address: '198.51.100.7',
  port: 61_000,
  local: { address: '192.0.2.2', port: 5060 },
}
const request = (...vias: string[]) =>
  buildRequest({ method: 'OPTIONS', uri: 'sip:a@b', headers: vias.map((via) => ['Via', via] as const) })

describe('markReceived', () => {
  it('RFC 3261 §18.2.1: adds received where the sent-by is another host', () => {
    const marked = request(
      'SIP/2.0/UDP phone.example:5070;branch=z9hG4bKa',
      'SIP/2.0/UDP other;branch=z9hG4bKb',
    )
    markReceived(marked, source)
    expect(marked.headers.all('Via')).toEqual([
      'SIP/2.0/UDP phone.example:5070;branch=z9hG4bKa;received=198.51.100.7',
      'SIP/2.0/UDP other;branch=z9hG4bKb',
    ])
  })

  it('RFC 3261 §18.2.1: leaves a Via alone that tells the truth', () => {
    const honest = request('SIP/2.0/UDP 198.51.100.7:5070;branch=z9hG4bKa')
    markReceived(honest, source)
    expect(honest.headers.all('Via')).toEqual(['SIP/2.0/UDP 198.51.100.7:5070;branch=z9hG4bKa'])
  })

  it('RFC 3581 §4: fills rport, and received even where the address is right', () => {
    const asking = request('SIP/2.0/UDP 198.51.100.7:5070;rport;branch=z9hG4bKa')
    markReceived(asking, source)
    const params = topVia(asking)?.params
    expect(params?.get('rport')).toBe('61000')
    expect(params?.get('received')).toBe('198.51.100.7')
  })

  it('does not believe a received and rport that came with the request', () => {
    const lying = request('SIP/2.0/UDP 203.0.113.9;received=203.0.113.9;rport=9;branch=z9hG4bKa')
    markReceived(lying, source)
    expect(responseDestination(topVia(lying), source)).toMatchObject({
      address: '198.51.100.7',
      port: 61_000,
    })
    expect(topVia(lying)?.params.get('received')).toBe('198.51.100.7')
    expect(topVia(lying)?.params.get('rport')).toBe('61000')
  })

  it('takes an IPv6 sent-by with or without its brackets', () => {
    const six = { ...source, address: '2001:db8::7' }
    const honest = request('SIP/2.0/UDP [2001:DB8::7];branch=z9hG4bKa')
    markReceived(honest, six)
    expect(topVia(honest)?.params.has('received')).toBe(false)
  })
})

describe('responseDestination', () => {
  const to = (via: string, from = source) => {
    const received = request(via)
    markReceived(received, from)
    return responseDestination(topVia(received), from)
  }

  it('RFC 3581 §4: goes back to the source port where rport was asked for', () => {
    expect(to('SIP/2.0/UDP phone.example:5070;rport;branch=z9hG4bKa')).toMatchObject({ port: 61_000 })
  })

  it('RFC 3261 §18.2.2: goes to the sent-by port otherwise, 5060 by default, always at the source address', () => {
    expect(to('SIP/2.0/UDP phone.example:5070;branch=z9hG4bKa')).toMatchObject({
      address: '198.51.100.7',
      port: 5070,
    })
    expect(to('SIP/2.0/UDP phone.example;branch=z9hG4bKa')).toMatchObject({ port: 5060 })
  })

  it('follows no maddr to a third party', () => {
    expect(to('SIP/2.0/UDP phone.example;maddr=203.0.113.9;branch=z9hG4bKa').address).toBe('198.51.100.7')
  })

  it('RFC 3261 §18.2.2: keeps to the connection, with the sent-by port should it be closed', () => {
    const stream: Source = { ...source, transport: 'tcp', flow: 'tcp-3' }
    expect(to('SIP/2.0/TCP phone.example:5070;rport;branch=z9hG4bKa', stream)).toEqual({
      transport: 'tcp',
      address: '198.51.100.7',
      port: 5070,
      flow: 'tcp-3',
      local: source.local,
    })
  })

  it('keeps to the WebSocket whose client has no address, and calls itself by a name of its own making (RFC 7118 §5)', () => {
    const browser: Source = { ...source, transport: 'wss', flow: 'ws-3', account: 'user:ada' }
    expect(to('SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bKa', browser)).toEqual({
      transport: 'wss',
      address: '198.51.100.7',
      port: 443,
      flow: 'ws-3',
      local: source.local,
    })
  })

  it('goes back the way it came where no Via can be read', () => {
    expect(responseDestination(undefined, source).port).toBe(61_000)
  })
})
