import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { judge, readTable } from '../../../test/helpers/torture.ts'
import type { SipMessage } from './message.ts'
import { parseMessage } from './parse.ts'
import { contactsOf, cseqOf, fromOf, maxForwardsOf, toOf, topVia } from './read.ts'
import { serialize } from './serialize.ts'
import { parseSipUri } from './uri.ts'
import { parseVia } from './via.ts'

/** The RFC's own messages lie beside the checkout, not in it. */
const folder = new URL('../../../../shared/torture/', import.meta.url)
const present = existsSync(folder)

/** What is refused before a user agent looks at it; every other message passes. */
const REFUSED: Readonly<Record<string, string>> = {
  'badinv01.dat': '400',
  'clerr.dat': '400',
  'ncl.dat': '400',
  'scalar02.dat': '400',
  'scalarlg.dat': 'drop',
  'quotbal.dat': '400',
  'ltgtruri.dat': '400',
  'lwsruri.dat': '400',
  'lwsstart.dat': '400',
  'trws.dat': '400',
  'escruri.dat': '400',
  'regbadct.dat': '400',
  'badaspec.dat': '400',
  'badvers.dat': '505',
  'mismatch01.dat': '400',
  'mismatch02.dat': '400',
  'bigcode.dat': 'drop',
  'badbranch.dat': '400',
  'insuf.dat': '400',
  'unkscm.dat': '416',
  'novelsc.dat': '416',
  'multi01.dat': '400',
  'mcl01.dat': '400',
}

function bytesOf(file: string): Buffer {
  return readFileSync(new URL(`rfc4475/${file}`, folder))
}

function read(file: string): SipMessage {
  const parsed = parseMessage(bytesOf(file), 'datagram')
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return parsed.message
}

function userOf(uri: string | undefined): string | undefined {
  return parseSipUri(uri ?? '')?.user
}

describe.skipIf(!present)('RFC 4475 torture messages (../shared/torture)', () => {
  const rows = readTable(new URL('expectations.tsv', folder))

  test('all 49 are there', () => {
    expect(rows).toHaveLength(49)
    const files = rows.map((row) => row['file'])
    expect(Object.keys(REFUSED).filter((file) => !files.includes(file))).toEqual([])
  })

  test.for(rows)('$section $file: $expected', ({ file = '', parser, class: validity }) => {
    const verdict = judge(bytesOf(file))
    expect(verdict).toBe(REFUSED[file] ?? 'ok')
    if (validity === 'valid') expect(verdict).toBe('ok')
    if (parser === 'must-parse') expect(parseMessage(bytesOf(file), 'datagram').ok).toBe(true)
  })

  test('§3.1.1.1 wsinv: white space and folding are read away', () => {
    const message = read('wsinv.dat')
    expect(topVia(message)).toMatchObject({ transport: 'UDP', host: '192.0.2.2' })
    const vias = message.headers.values('Via').map(parseVia)
    expect(vias.map((via) => via?.transport)).toEqual(['UDP', 'TCP', 'UDP'])
    expect(vias[1]).toMatchObject({ host: 'spindle.example.com' })
    expect(vias.map((via) => via?.params.get('branch'))).toEqual([
      '390skdjuw',
      'z9hG4bK9ikj8',
      'z9hG4bK30239',
    ])
    expect(toOf(message)?.params.get('tag')).toBe('1918181833n')
    expect(fromOf(message)?.displayName).toBe('J Rosenberg \\"')
    expect(cseqOf(message)).toEqual({ number: 9, method: 'INVITE' })
    expect(maxForwardsOf(message)).toBe(68)
    expect(message.headers.first('Subject')).toBe('')
    expect(message.headers.first('NewFangledHeader')).toBe('newfangled value continued newfangled value')
    const [contact] = contactsOf(message) ?? []
    expect(contact).toMatchObject({ displayName: 'Quoted string ""', uri: 'sip:jdrosen@example.com' })
  })

  test('§3.1.1.2 intmeth: no character is changed', () => {
    const message = read('intmeth.dat')
    expect(message.kind === 'request' && message.method).toBe("!interesting-Method0123456789_*+`.%indeed'~")
    expect(toOf(message)?.displayName).toBe('BEL:\x07 NUL:\0 DEL:\x7f')
    const tight = (bytes: Buffer) => bytes.toString('latin1').replace(/^([^ :]+):[ ]*/gm, '$1:')
    expect(tight(serialize(message))).toBe(tight(bytesOf('intmeth.dat')))
  })

  test('§3.1.1.3 and §3.1.1.9 esc01, semiuri: escapes are part of the user', () => {
    expect(userOf((read('esc01.dat') as { uri?: string }).uri)).toBe('sips:user@example.com')
    expect(userOf((read('semiuri.dat') as { uri?: string }).uri)).toBe('user;par=u@example.net')
  })

  test('§3.1.1.4 escnull: a NUL does not end the user', () => {
    const users = [...(contactsOf(read('escnull.dat')) ?? [])].map((contact) =>
      userOf(typeof contact === 'string' ? contact : contact.uri),
    )
    expect(users).toEqual(['\0', '\0\0'])
  })

  test('§3.1.1.5 esc02: escapes mean nothing in methods and header names', () => {
    const message = read('esc02.dat')
    expect(message.kind === 'request' && message.method).toBe('RE%47IST%45R')
    expect(contactsOf(message)).toHaveLength(2)
  })

  test('§3.1.1.8 dblreq: what follows the body is dropped', () => {
    expect(read('dblreq.dat').body).toHaveLength(0)
  })

  test('§3.3.12 and §3.3.13 cparam: a parameter is the header’s or the URI’s', () => {
    const paramsOf = (file: string) => {
      const [contact] = contactsOf(read(file)) ?? []
      return typeof contact === 'object' && [contact.uri, [...contact.params.keys()]]
    }
    expect(paramsOf('cparam01.dat')).toEqual(['sip:+19725552222@gw1.example.net', ['unknownparam']])
    expect(paramsOf('cparam02.dat')).toEqual(['sip:+19725552222@gw1.example.net;unknownparam', []])
  })

  test('§3.3.14 regescrt: an escaped header stays in the contact', () => {
    const [contact] = contactsOf(read('regescrt.dat')) ?? []
    expect(typeof contact === 'object' && contact.uri).toBe(
      'sip:user@example.com?Route=%3Csip:sip.example.com%3E',
    )
  })
})
