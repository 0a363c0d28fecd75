import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Headers } from './headers.ts'
import type { SipMessage } from './message.ts'
import { formatNameAddress, parseNameAddress } from './name-address.ts'
import { parseMessage } from './parse.ts'
import { quote } from './quoted.ts'
import { serialize } from './serialize.ts'
import { splitValues } from './split-values.ts'
import { formatSipUri, parseSipUri, type SipUri } from './uri.ts'
import { formatVia, parseVia } from './via.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
const token = fc.string({
  unit: fc.constantFrom(...letters, ..."ABC-.!%*_+`'~"),
  minLength: 1,
  maxLength: 12,
})
const name = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 })
const anyText = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\0\r\n]/.test(text))
const value = anyText.map((text) => text.replace(/^[ \t]+|[ \t]+$/g, ''))
const body = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes))
const headerName = fc
  .oneof(token, fc.constantFrom('Via', 'v', 'FROM', 'm', 'Contact'))
  .filter((header) => !['l', 'content-length'].includes(header.toLowerCase()))
const headers = fc.array(fc.tuple(headerName, value), { maxLength: 12 })
const host = fc.oneof(name, fc.constantFrom('192.0.2.1', '2001:db8::1', 'pc-3.example.com'))
const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined })
const paramValue = fc.option(fc.oneof(token, anyText), { nil: undefined })
const params = fc.array(fc.tuple(name, paramValue), { maxLength: 4 }).map((entries) => new Map(entries))

const request = fc.record({
  kind: fc.constant('request' as const),
  method: token,
  uri: fc.oneof(
    fc.constant('sip:line@example.net'),
    name.map((user) => `sip:${user}@[::1]:5060;lr`),
  ),
  headers: headers.map((entries) => new Headers(entries)),
  body,
})
const response = fc.record({
  kind: fc.constant('response' as const),
  status: fc.integer({ min: 100, max: 699 }),
  reason: anyText,
  headers: headers.map((entries) => new Headers(entries)),
  body,
})

function comparable(message: SipMessage): unknown {
  const entries = [...message.headers].filter(([header]) => header !== 'Content-Length')
  return { ...message, headers: entries, body: message.body.toString('hex') }
}

describe('round trips', () => {
  test('what is written is read again, and written the same (RFC 3261 §7)', () => {
    fc.assert(
      fc.property(
        fc.oneof(request, response),
        fc.constantFrom('datagram' as const, 'stream' as const),
        (message, framing) => {
          const bytes = serialize(message)
          const parsed = parseMessage(bytes, framing)
          if (!parsed.ok) throw new Error(parsed.failure.why)
          expect(comparable(parsed.message)).toEqual(comparable(message))
          expect(serialize(parsed.message)).toEqual(bytes)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('name-addr (RFC 3261 §20.10)', () => {
    const uri = name.map((user) => `sip:${user},x;y@example.com;lr?a=b`)
    const displayName = fc.option(anyText, { nil: undefined })
    fc.assert(
      fc.property(fc.record({ displayName, uri, params }), (address) => {
        expect(parseNameAddress(formatNameAddress(address))).toEqual(address)
      }),
    )
  })

  test('Via (RFC 3261 §20.42)', () => {
    const transport = fc.constantFrom('UDP', 'TCP', 'TLS', 'WSS')
    fc.assert(
      fc.property(fc.record({ transport, host, port, params }), (via) => {
        expect(parseVia(formatVia(via))).toEqual(via)
      }),
    )
  })

  test('SIP URI (RFC 3261 §19.1)', () => {
    const scheme = fc.constantFrom('sip' as const, 'sips' as const)
    const user = fc.oneof(
      anyText.filter((text) => text !== ''),
      fc.constantFrom('a%b', 'ü;@?:', '\0'),
    )
    const password = fc.option(anyText, { nil: undefined })
    const uriHeaders = fc.constantFrom(undefined, 'subject=a%20b')
    fc.assert(
      fc.property(
        fc.record({ scheme, user, password, host, port, params, headers: uriHeaders }),
        (uri: SipUri) => {
          expect(parseSipUri(formatSipUri(uri))).toEqual(uri)
        },
      ),
    )
  })

  test('lists (RFC 3261 §7.3.1)', () => {
    const element = fc.oneof(
      token,
      anyText.map(quote),
      token.map((text) => `"," <sip:${text},b@c>;p=","`),
    )
    fc.assert(
      fc.property(fc.array(element), (elements) => {
        expect(splitValues(elements.join(' , '))).toEqual(elements)
      }),
    )
  })
})
