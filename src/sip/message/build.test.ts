import { describe, expect, test } from 'vitest'
import { buildRequest, buildResponse } from './build.ts'
import type { SipRequest } from './message.ts'
import { parseMessage } from './parse.ts'
import { serialize } from './serialize.ts'

const invite = buildRequest({
  method: 'INVITE',
  uri: 'sip:line@example.net',
  headers: [
    ['Via', 'SIP/2.0/UDP a;branch=z9hG4bK1'],
    ['Via', 'SIP/2.0/UDP b;branch=z9hG4bK2'],
    ['Record-Route', '<sip:proxy;lr>'],
    ['Max-Forwards', '70'],
    ['From', '<sip:a@b>;tag=1'],
    ['To', 'sip:c@d'],
    ['Call-ID', 'x'],
    ['CSeq', '1 INVITE'],
    ['Timestamp', '54'],
  ],
})

const namesOf = (request: SipRequest, status: number) =>
  [...buildResponse(request, status, { toTag: 't' }).headers].map(([name]) => name)

describe('buildResponse', () => {
  test('copies Via, From, To, Call-ID and CSeq, and tags To (RFC 3261 §8.2.6.2)', () => {
    const response = buildResponse(invite, 486, { toTag: 'ours' })
    expect(response).toMatchObject({ kind: 'response', status: 486, reason: 'Busy Here' })
    expect([...response.headers]).toEqual([
      ['Via', 'SIP/2.0/UDP a;branch=z9hG4bK1'],
      ['Via', 'SIP/2.0/UDP b;branch=z9hG4bK2'],
      ['From', '<sip:a@b>;tag=1'],
      ['To', 'sip:c@d;tag=ours'],
      ['Call-ID', 'x'],
      ['CSeq', '1 INVITE'],
    ])
  })

  test('a tag that is there stays (RFC 3261 §8.2.6.2)', () => {
    const inDialog = { ...invite, headers: invite.headers.clone().set('To', '<sip:c@d>;tag=old') }
    expect(buildResponse(inDialog, 200, { toTag: 'new' }).headers.first('To')).toBe('<sip:c@d>;tag=old')
    expect(buildResponse(invite, 100).headers.first('To')).toBe('sip:c@d')
  })

  test('Record-Route goes back with what makes a dialog (RFC 3261 §12.1.1), Timestamp with 100 (§8.2.6.1)', () => {
    expect(namesOf(invite, 180)).toContain('Record-Route')
    expect(namesOf(invite, 200)).toContain('Record-Route')
    expect(namesOf(invite, 100)).not.toContain('Record-Route')
    expect(namesOf(invite, 404)).not.toContain('Record-Route')
    expect(namesOf({ ...invite, method: 'OPTIONS' }, 200)).not.toContain('Record-Route')
    expect(namesOf(invite, 100)).toContain('Timestamp')
    expect(namesOf(invite, 200)).not.toContain('Timestamp')
  })

  test('takes a body, headers and a reason, and the class’s phrase for an unknown status', () => {
    const body = { contentType: 'application/sdp', bytes: Buffer.from('v=0') }
    const response = buildResponse(invite, 299, { body, headers: [['Contact', '<sip:me@h>']], toTag: 't' })
    expect(response.reason).toBe('OK')
    expect(serialize(response).toString()).toMatch(
      /^SIP\/2\.0 299 OK\r\n.*Contact: <sip:me@h>\r\nContent-Type: application\/sdp\r\nContent-Length: 3\r\n\r\nv=0$/s,
    )
    expect(buildResponse(invite, 400, { reason: 'No Via' }).reason).toBe('No Via')
  })

  test('answers a request that lacks everything (RFC 4475 §3.3.1)', () => {
    const bare = buildRequest({ method: 'INVITE', uri: 'x', headers: [] })
    expect(serialize(buildResponse(bare, 400, { toTag: 't' })).toString()).toBe(
      'SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n',
    )
  })
})

describe('buildRequest and serialize', () => {
  test('Content-Length is that of the body, whatever the headers say (RFC 3261 §20.14)', () => {
    const body = { contentType: 'text/plain', bytes: Buffer.from('ü') }
    const request = buildRequest({
      method: 'MESSAGE',
      uri: 'sip:a@b',
      headers: [
        ['l', '9'],
        ['Content-Length', '8'],
      ],
      body,
    })
    expect(serialize(request).toString()).toBe(
      'MESSAGE sip:a@b SIP/2.0\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nü',
    )
  })

  test('the headers given stay the giver’s', () => {
    const request = buildRequest({ ...invite, headers: invite.headers, body: undefined })
    request.headers.remove('Via')
    expect(invite.headers.count('Via')).toBe(2)
  })

  test('the framing decides what a body may be (RFC 3261 §18.3)', () => {
    const bytes = Buffer.from('OPTIONS sip:a@b SIP/2.0\r\nX: y\r\n\r\nbody')
    expect(parseMessage(bytes, 'stream')).toMatchObject({
      ok: false,
      failure: { why: 'no Content-Length on a stream' },
    })
    expect(parseMessage(bytes, 'datagram')).toMatchObject({
      ok: true,
      message: { body: Buffer.from('body') },
    })
  })
})
