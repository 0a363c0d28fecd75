import { describe, expect, it } from 'vitest'
import { formatContact } from './contact.ts'
import { route } from './route.ts'

describe('route (RFC 3261 §12.2.1.1)', () => {
  it('without a route set goes to the target', () => {
    expect(route('sip:a@192.0.2.1;x=y', [])).toEqual({
      uri: 'sip:a@192.0.2.1;x=y',
      routes: [],
      nextHop: 'sip:a@192.0.2.1;x=y',
    })
  })

  it('with a loose router keeps the target as Request-URI', () => {
    const routes = ['<sip:192.0.2.8;lr>', '<sip:192.0.2.9;lr>']
    expect(route('sip:a@192.0.2.1', routes)).toEqual({
      uri: 'sip:a@192.0.2.1',
      routes,
      nextHop: 'sip:192.0.2.8;lr',
    })
  })

  it('with a strict router puts the target at the end of the route', () => {
    expect(route('sip:a@192.0.2.1', ['<sip:192.0.2.8>', '<sip:192.0.2.9;lr>'])).toEqual({
      uri: 'sip:192.0.2.8',
      routes: ['<sip:192.0.2.9;lr>', '<sip:a@192.0.2.1>'],
      nextHop: 'sip:192.0.2.8',
    })
  })

  it('leaves away what a Request-URI may not hold (RFC 3261 §19.1.1)', () => {
    expect(route('sip:a@192.0.2.1;method=BYE;x=y?Route=evil', []).uri).toBe('sip:a@192.0.2.1;x=y')
  })
})

describe('our Contact (RFC 3261 §12.1.1)', () => {
  const local = { address: '192.0.2.2', port: 5060 }

  it('keeps the user part of the Request-URI', () => {
    expect(formatContact({ uri: 'sip:line%20one@example.com', transport: 'udp', local })).toBe(
      '<sip:line%20one@192.0.2.2:5060>',
    )
    expect(formatContact({ uri: 'sip:example.com', transport: 'udp', local })).toBe('<sip:192.0.2.2:5060>')
    expect(formatContact({ uri: 'tel:+4930123', transport: 'udp', local })).toBe('<sip:192.0.2.2:5060>')
  })

  it('names the transport, brackets IPv6 and follows sips', () => {
    expect(formatContact({ uri: 'sip:a@b', transport: 'tcp', local: { address: '::1', port: 5062 } })).toBe(
      '<sip:a@[::1]:5062;transport=tcp>',
    )
    expect(formatContact({ uri: 'sips:a@b', transport: 'tls', local })).toBe('<sips:a@192.0.2.2:5060>')
  })

  it('says ws over WebSocket with TLS, too (RFC 7118 §5.2.2)', () => {
    for (const transport of ['ws', 'wss'] as const)
      expect(formatContact({ uri: 'sip:a@b', transport, local })).toBe('<sip:a@192.0.2.2:5060;transport=ws>')
  })
})
