import { describe, expect, it } from 'vitest'
import { sdp } from '../../../test/helpers/endpoint-pair.ts'
import { type RawCaller, type RawParts, rawCaller } from '../../../test/helpers/raw-caller.ts'
import { buildResponse } from '../message/build.ts'

function refused(
  method: string,
  parts: RawParts,
  caller = rawCaller(),
): Record<string, string | number | undefined> {
  caller.send(method, 1, parts)
  const status = caller.statuses(method, 1).at(-1) ?? 0
  const response = caller.peer.response(`1 ${method}`, status)
  expect(caller.calls).toHaveLength(0)
  return {
    status,
    ...Object.fromEntries(
      ['Unsupported', 'Accept', 'Accept-Encoding', 'Allow', 'Retry-After']
        .filter((name) => response?.headers.has(name))
        .map((name) => [name, response?.headers.first(name)]),
    ),
  }
}

const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO'

describe('an INVITE is refused', () => {
  it('with 420 and what is unsupported, for an unknown Require (RFC 3261 §8.2.2.3)', () => {
    const headers = ['Require: replaces, timer', 'Require: warp', 'Proxy-Require: gates']
    expect(refused('INVITE', { body: 'offer', headers })).toEqual({
      status: 420,
      Unsupported: 'replaces, warp',
    })
  })

  it('with 400 without a Contact, or with several (RFC 3261 §8.1.1.8)', () => {
    expect(refused('INVITE', { body: 'offer', contact: false })).toEqual({ status: 400 })
    expect(refused('INVITE', { body: 'offer', contact: '<sip:a@192.0.2.1>, <sip:b@192.0.2.1>' })).toEqual({
      status: 400,
    })
  })

  it('with 415 and Accept for another type (RFC 3261 §8.2.3)', () => {
    const headers = ['Content-Type: text/plain']
    expect(refused('INVITE', { body: 'hello', headers })).toEqual({ status: 415, Accept: 'application/sdp' })
  })

  it('with 415 and Accept-Encoding for a packed body (RFC 3261 §8.2.3)', () => {
    const headers = ['Content-Encoding: gzip']
    expect(refused('INVITE', { body: 'zzz', headers })).toEqual({
      status: 415,
      'Accept-Encoding': 'identity',
    })
  })

  it('with 415 for a body that is meant as something else (RFC 3261 §20.11)', () => {
    const headers = ['Content-Disposition: early-session']
    expect(refused('INVITE', { body: 'offer', headers })['status']).toBe(415)
  })

  it('with 406 when it accepts no description of ours (RFC 3261 §21.4.7)', () => {
    expect(refused('INVITE', { body: 'offer', headers: ['Accept: text/nothing'] })).toEqual({ status: 406 })
  })

  it('with 503 and Retry-After once new calls are refused, and so is OPTIONS (RFC 3261 §21.5.4, §11.2)', () => {
    const caller = rawCaller()
    caller.machine.refuseNew()
    expect(refused('INVITE', { body: 'offer' }, caller)).toEqual({ status: 503, 'Retry-After': '10' })
    expect(refused('OPTIONS', { toTag: '' }, caller)).toEqual({ status: 503, 'Retry-After': '10' })
  })

  it('with 503 past the limit of dialogs', () => {
    const caller = rawCaller({ machine: { limits: { dialogs: 0 } } })
    expect(refused('INVITE', { body: 'offer' }, caller)['status']).toBe(503)
  })

  it('with 481 when it names a dialog of ours from before a restart (RFC 3261 §12.2.2)', () => {
    expect(refused('INVITE', { body: 'offer', toTag: '0123456789abcdef' })).toEqual({ status: 481 })
  })
})

describe('an INVITE is taken', () => {
  const taken = (parts: RawParts): RawCaller => {
    const caller = rawCaller({ onInvite: (invite) => invite.accept(sdp('machine')) })
    caller.send('INVITE', 1, parts)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 200])
    return caller
  }

  it('with any Accept that has room for SDP (RFC 3261 §20.1)', () => {
    taken({ body: 'offer', headers: ['Accept: application/sdp;level=1, text/html'] })
    taken({ body: 'offer', headers: ['Accept: application/*'] })
    taken({ body: 'offer', headers: ['Accept: text/html, */*;q=0.1'] })
  })

  it('with a body that may be passed over, as if it had none (RFC 3261 §20.11)', () => {
    const headers = ['Content-Type: text/plain', 'Content-Disposition: render;handling=optional']
    const caller = taken({ body: 'hello', headers })
    caller.send('ACK', 1, { body: 'answer' })
    expect(caller.calls[0]?.events).toEqual([{ kind: 'confirmed', body: sdp('answer') }])
  })

  it('with a To tag that was never ours, which then is (RFC 3261 §12.2.2, RFC 4475 §3.1.1.1)', () => {
    const caller = taken({ body: 'offer', toTag: 'somebody' })
    expect(caller.tag).toBe('somebody')
    caller.send('ACK', 1)
    caller.send('BYE', 2)
    expect(caller.statuses('BYE', 2)).toEqual([200])
  })

  it('from a caller after RFC 2543, who has no tag and need give no Contact (RFC 3261 §12.1.1, RFC 4475 §3.4.1)', () => {
    const caller = rawCaller({ onInvite: (invite) => invite.accept(sdp('machine')) })
    const headers = (cseq: number, method: string, to = '') =>
      [
        `${method} sip:line@192.0.2.2 SIP/2.0`,
        'Via: SIP/2.0/UDP 192.0.2.1:5070',
        'From: <sip:old@192.0.2.1:5070>',
        `To: <sip:line@192.0.2.2>${to}`,
        'Call-ID: old-call',
        `CSeq: ${cseq} ${method}`,
      ].join('\n')
    caller.peer.send(`${headers(1, 'INVITE')}\nContent-Type: application/sdp\n\noffer`)
    caller.clock.advance(10)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 200])
    caller.peer.send(headers(1, 'ACK', `;tag=${caller.tag}`))
    caller.clock.advance(10)
    caller.calls[0]?.invite.hangUp()
    caller.clock.advance(10)
    expect(caller.peer.requests('BYE')[0]?.headers.first('To')).toBe('<sip:old@192.0.2.1:5070>')
  })
})

describe('outside of dialogs', () => {
  it('OPTIONS tells what we can do (RFC 3261 §11.2)', () => {
    const caller = rawCaller()
    caller.send('OPTIONS', 1)
    const { headers } = caller.peer.response('1 OPTIONS', 200) ?? {}
    expect(headers?.first('Allow')).toBe(ALLOW)
    expect(headers?.first('Accept')).toBe('application/sdp')
    expect(headers?.first('Accept-Encoding')).toBe('identity')
    expect(headers?.first('Supported')).toBe('100rel, timer')
  })

  it('methods that we lack get 405, unknown ones 501 (RFC 3261 §8.2.1)', () => {
    expect(refused('REGISTER', {})).toEqual({ status: 405, Allow: ALLOW })
    expect(refused('DANCE', {})).toEqual({ status: 501, Allow: ALLOW })
  })

  it.each(['BYE', 'INFO', 'PRACK', 'UPDATE'])('%s gets 481 (RFC 3261 §15.1.2)', (method) => {
    expect(refused(method, { toTag: '' })).toEqual({ status: 481 })
  })

  it('the guard is asked first, OPTIONS included, and its word is the last', () => {
    const guarded: string[] = []
    const caller = rawCaller({
      guard(transaction) {
        guarded.push(transaction.request.method)
        transaction.respond(buildResponse(transaction.request, 401, { toTag: 'guard' }))
        return false
      },
    })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.send('OPTIONS', 2, { toTag: '' })
    caller.send('REGISTER', 3, { toTag: '' })
    expect(guarded).toEqual(['INVITE', 'OPTIONS', 'REGISTER'])
    expect(caller.calls).toHaveLength(0)
    expect(caller.statuses('REGISTER', 3)).toEqual([401])
  })

  it('nobody who is not admitted gets a word', () => {
    const caller = rawCaller({ machine: { admits: () => false } })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.send('OPTIONS', 1)
    expect(caller.peer.heard).toEqual([])
    expect(caller.machine.size).toEqual({ dialogs: 0, transactions: 0 })
  })
})
