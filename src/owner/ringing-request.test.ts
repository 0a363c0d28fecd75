import { describe, expect, it } from 'vitest'
import { formatNameAddress } from '../sip/message/name-address.ts'
import { ringingRequest } from './ringing-request.ts'

const binding = {
  phone: 'desk',
  contact: 'sip:desk@192.0.2.7:5062;transport=tcp',
  to: { transport: 'tcp', address: '192.0.2.7', port: 5062 },
  routes: ['<sip:192.0.2.9;lr>'],
  q: 1,
  expiresAt: 0,
  userAgent: '',
  callId: 'register',
  instance: null,
} as const
const ringing = (change: Partial<Parameters<typeof ringingRequest>[0]> = {}) => {
  const request = ringingRequest({
    binding,
    host: '192.0.2.2',
    caller: { number: '+49301234', name: 'Jürgen "J" Ruß' },
    callerClass: 'outside',
    autoAnswer: false,
    ...change,
  })
  return {
    ...request,
    from: formatNameAddress(request.from),
    headers: Object.fromEntries(request.headers ?? []),
  }
}

describe('the INVITE to a phone', () => {
  it('goes to the binding, and shows the caller in From and P-Asserted-Identity (RFC 3325)', () => {
    const shown = '"Jürgen \\"J\\" Ruß" <sip:+49301234@192.0.2.2>'
    expect(ringing()).toMatchObject({
      uri: binding.contact,
      to: binding.to,
      routes: binding.routes,
      toUri: 'sip:desk@192.0.2.2',
      from: shown,
      headers: { 'P-Asserted-Identity': shown, 'Alert-Info': '<urn:alert:source:external>' },
    })
  })

  it('rings otherwise for the house, and for who is withheld (RFC 7462 §8, RFC 3323 §4.1.1.3)', () => {
    expect(ringing({ callerClass: 'house' }).headers['Alert-Info']).toBe('<urn:alert:source:internal>')
    const withheld = ringing({ caller: { number: null, name: null }, callerClass: 'withheld' })
    expect(withheld.from).toBe('"Anonymous" <sip:anonymous@anonymous.invalid>')
    expect(withheld.headers).toEqual({ 'Alert-Info': '<urn:alert:source:unclassified>' })
  })

  it('names the call of the API that it is for, where there is one', () => {
    expect(ringing({ callId: '01m85detjn3x' }).headers['Answerphone-Call']).toBe('01m85detjn3x')
    expect(ringing().headers).not.toHaveProperty('Answerphone-Call')
  })

  it('asks for an answer by itself in the three ways that phones know (RFC 5373)', () => {
    expect(ringing({ autoAnswer: true, host: '2001:db8::2' }).headers).toMatchObject({
      'Answer-Mode': 'Auto',
      'Call-Info': '<sip:[2001:db8::2]>;answer-after=0',
      'Alert-Info': '<http://[2001:db8::2]>;info=alert-autoanswer;delay=0',
    })
  })
})
