import { describe, expect, test } from 'vitest'
import { Headers } from './headers.ts'
import { parseNameAddress } from './name-address.ts'
import {
  contactsOf,
  contentTypeOf,
  cseqOf,
  expiresOf,
  maxForwardsOf,
  optionTags,
  recordRoutesOf,
  routesOf,
  topVia,
} from './read.ts'
import { parseTelUri } from './tel-uri.ts'
import { parseSipUri } from './uri.ts'
import { parseVia } from './via.ts'

const having = (name: string, ...values: string[]) => ({
  headers: new Headers(values.map((value) => [name, value] as const)),
})

describe('parseSipUri', () => {
  test('reads all parts (RFC 3261 §19.1.1)', () => {
    expect(parseSipUri('SIPS:ali%20ce:s%3Aecret@EXAMPLE.com:5061;Transport=TCP;lr?subject=x&to=y')).toEqual({
      scheme: 'sips',
      user: 'ali ce',
      password: 's:ecret',
      host: 'example.com',
      port: 5061,
      params: new Map([
        ['transport', 'TCP'],
        ['lr', undefined],
      ]),
      headers: 'subject=x&to=y',
    })
    expect(parseSipUri('sip:[2001:DB8::1]')).toMatchObject({
      user: undefined,
      host: '2001:db8::1',
      port: undefined,
    })
    expect(parseSipUri('sip:a@b;')?.host).toBe('b') // Sent by some, and clear enough.
  })

  test.for([
    '',
    'sip:',
    'sip:@a',
    'sip:a@',
    'sip:a@b:',
    'sip:a@b:x',
    'sip:a@b:0',
    'sip:a@b;;lr',
    'sip:a@b;=c',
    'sip:a%4@b',
  ])('"%s" is none', (text) => expect(parseSipUri(text)).toBeUndefined())

  test.for([
    'tel:1',
    'sip:a@[::1',
    'sip:a@::1',
    'sip:a@[1.2.3.4]',
    'sip:a@b c',
    'sip:a@b"',
    '<sip:a@b>',
    'sip:a@b%41',
  ])('"%s" is none either', (text) => expect(parseSipUri(text)).toBeUndefined())
})

describe('parseTelUri', () => {
  test('takes separators out (RFC 3966 §5.1.1)', () => {
    expect(parseTelUri('tel:+1-(201).555-0123;ext=7')).toEqual({
      number: '+12015550123',
      params: new Map([['ext', '7']]),
    })
    expect(parseTelUri('TEL:*98#')?.number).toBe('*98#')
    expect(parseTelUri('tel:+')).toBeUndefined()
    expect(parseTelUri('sip:1@b')).toBeUndefined()
  })
})

describe('parseNameAddress', () => {
  test('parameters are the header’s without brackets, the URI’s within (RFC 3261 §20)', () => {
    expect(parseNameAddress('sip:a@b;x')).toEqual({
      displayName: undefined,
      uri: 'sip:a@b',
      params: new Map([['x', undefined]]),
    })
    expect(parseNameAddress('<sip:a@b;x>;tag = "1;2"')).toMatchObject({
      uri: 'sip:a@b;x',
      params: new Map([['tag', '1;2']]),
    })
    expect(parseNameAddress('sip:a@b;x="<"')?.uri).toBe('sip:a@b')
  })

  test.for([
    '',
    'a',
    '"a" sip:a@b',
    '"a',
    '<sip:a@b',
    '<sip:a b>',
    'sip:a@b,c',
    'sip:a@b?c',
    '<sip:a@b>x',
    '<sip:a@b>;',
    '<:a>',
  ])('%s is none', (text) => expect(parseNameAddress(text)).toBeUndefined())
})

describe('parseVia', () => {
  test('of two parameters of a name the first counts', () => {
    expect(parseVia('SIP/2.0/udp a:5060;branch=1;BRANCH=2;rport')).toEqual({
      transport: 'UDP',
      host: 'a',
      port: 5060,
      params: new Map([
        ['branch', '1'],
        ['rport', undefined],
      ]),
    })
  })

  test.for([
    '',
    'SIP/2.0 a',
    'SIP/2.0/UDP',
    'SIP/2.0/UDP ;x',
    'SIP/3.0/UDP a',
    'SIP/2.0/U,P a',
    'SIP/2.0/UDP a b',
    'SIP/2.0/UDP a;;',
  ])('%s is none', (text) => expect(parseVia(text)).toBeUndefined())
})

describe('readers', () => {
  test('contacts: none, some, all, broken (RFC 3261 §20.10)', () => {
    expect(contactsOf(having('Contact'))).toEqual([])
    expect(contactsOf(having('m', '<sip:a@b>, sip:c@d', '<sip:e@f>'))).toHaveLength(3)
    expect(contactsOf(having('Contact', '*'))).toBe('*')
    expect(contactsOf(having('Contact', '*', '*'))).toBeUndefined()
    expect(contactsOf(having('Contact', '<sip:a@b>, <'))).toBeUndefined()
  })

  test('numbers stay in their ranges (RFC 3261 §20.16, §20.19, §20.22)', () => {
    expect(cseqOf(having('CSeq', '4294967295  ACK'))).toEqual({ number: 4_294_967_295, method: 'ACK' })
    expect(cseqOf(having('CSeq', '4294967296 ACK'))).toBeUndefined()
    expect(cseqOf(having('CSeq', '1'))).toBeUndefined()
    expect(maxForwardsOf(having('Max-Forwards', '255'))).toBe(255)
    expect(maxForwardsOf(having('Max-Forwards', '256'))).toBeUndefined()
    expect(expiresOf(having('Expires', '9'.repeat(40)))).toBe(4_294_967_295)
    expect(expiresOf(having('Expires', 'soon'))).toBeUndefined()
  })

  test('routes, option tags, media types', () => {
    expect(routesOf(having('Route', '<sip:a;lr>, <sip:b;lr>'))?.map(({ uri }) => uri)).toEqual([
      'sip:a;lr',
      'sip:b;lr',
    ])
    expect(recordRoutesOf(having('Record-Route', '<sip:a'))).toBeUndefined()
    expect(optionTags(having('k', 'Timer, 100rel', 'x'), 'Supported')).toEqual(['timer', '100rel', 'x'])
    expect(contentTypeOf(having('c', 'Application / SDP ;charset=x'))).toBe('application/sdp')
    expect(contentTypeOf(having('c', ''))).toBeUndefined()
  })

  test('the top Via is read again after it was taken off', () => {
    const message = having('Via', 'SIP/2.0/UDP a', 'SIP/2.0/UDP b')
    expect(topVia(message)?.host).toBe('a')
    message.headers.removeFirstValue('Via')
    expect(topVia(message)?.host).toBe('b')
  })
})
