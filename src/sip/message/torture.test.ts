import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { judge, readTable } from '../../../test/helpers/torture.ts'
import type { SipMessage } from './message.ts'
import { formatNameAddress } from './name-address.ts'
import { parseMessage } from './parse.ts'
import { contactsOf, cseqOf, fromOf, tagOf, topVia } from './read.ts'
import { serialize } from './serialize.ts'
import { parseSipUri } from './uri.ts'

const folder = new URL('../../../test/torture/', import.meta.url)

function bytesOf(file: string): Buffer {
  return readFileSync(new URL(file, folder))
}

function read(file: string): SipMessage {
  const parsed = parseMessage(bytesOf(file), 'datagram')
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return parsed.message
}

describe('our own torture messages', () => {
  test.for(readTable(new URL('expectations.tsv', folder)))(
    '$file: $what → $expected',
    ({ file, expected }) => {
      expect(judge(bytesOf(file ?? ''))).toBe(expected)
    },
  )

  test('compact and full forms are one header (RFC 3261 §7.3.3)', () => {
    const message = read('compact-mixed.sip')
    expect(message.headers.values('Via')).toHaveLength(2)
    expect(message.headers.values('supported')).toEqual(['timer', '100rel'])
    expect(contactsOf(message)).toHaveLength(2)
  })

  test('bytes behind Content-Length are no body (RFC 3261 §18.3)', () => {
    expect(read('length-white-space.sip').body.toString()).toBe('abcd')
    expect(read('length-none.sip').body.toString()).toBe('abcd')
    expect(read('lf-only.sip').body.toString()).toBe('a\r\nb')
    expect(read('nul-in-body.sip').body).toEqual(Buffer.from('a\0b\0'))
  })

  test('quotes and brackets keep separators together (RFC 3261 §7.3.1)', () => {
    const message = read('comma-in-quotes.sip')
    expect(fromOf(message)?.displayName).toBe('Liddell, Alice; "<ali>"')
    expect(tagOf(fromOf(message))).toBe('1')
    expect(contactsOf(message)).toMatchObject([
      { displayName: 'A, B', uri: 'sip:a@192.0.2.1' },
      { displayName: 'C', uri: 'sip:c,d@192.0.2.1' },
    ])
  })

  test('UTF-8 is read, and written back as it came (RFC 3261 §25.1)', () => {
    const from = fromOf(read('utf8.sip'))
    expect(from?.displayName).toBe('Jürgen 電話')
    expect(parseSipUri(from?.uri ?? '')?.user).toBe('jürgen')
    expect(from && formatNameAddress(from)).toBe('"Jürgen 電話" <sip:j%C3%BCrgen@example.com>;tag=1')
    expect(read('utf8.sip').headers.first('Subject')).toBe('Grüße à')
    expect(fromOf(read('utf8-unquoted.sip'))?.displayName).toBe('Jürgen Müller')
  })

  test('bytes that are no UTF-8 survive', () => {
    expect(serialize(read('latin1.sip')).includes(Buffer.from('"J\xfcrgen"', 'latin1'))).toBe(true)
  })

  test('an IPv6 Via is read without brackets, and its received parameter whole (RFC 3261 §25.1)', () => {
    const via = topVia(read('ipv6.sip'))
    expect(via).toMatchObject({ host: '2001:db8::9:1', port: undefined })
    expect(via?.params.get('received')).toBe('2001:db8::9:255')
  })

  test('an empty tag is none, and the largest CSeq is read', () => {
    expect(tagOf(fromOf(read('tag-empty.sip')))).toBeUndefined()
    expect(cseqOf(read('cseq-largest.sip'))?.number).toBe(4_294_967_295)
  })
})
