import { describe, expect, it } from 'vitest'
import { sdp } from '../../../test/helpers/endpoint-pair.ts'
import { type RawCaller, rawCaller } from '../../../test/helpers/raw-caller.ts'
import type { IncomingInvite } from '../endpoint.ts'

const answer = (invite: IncomingInvite) => {
  invite.ring()
  invite.accept(sdp('machine'))
}
const ring = (invite: IncomingInvite) => invite.ring()
const kinds = ({ calls }: RawCaller) => calls[0]?.events.map(({ kind }) => kind)
const last = ({ calls }: RawCaller) => calls[0]?.events.at(-1)

function expectNothingLeft(caller: RawCaller): void {
  caller.settle()
  expect(caller.machine.size).toEqual({ dialogs: 0, transactions: 0 })
  expect(caller.clock.pending).toBe(0)
}

describe('the 200 to an INVITE', () => {
  it('is sent again from T1 to T2 until the ACK (RFC 3261 §13.3.1.4)', () => {
    const caller = rawCaller({ onInvite: answer })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.clock.advance(499)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 180, 200, 200])
    caller.clock.advance(1000)
    caller.clock.advance(2000)
    expect(caller.statuses('INVITE', 1).filter((status) => status === 200)).toHaveLength(4)
    caller.clock.advance(8000)
    expect(caller.statuses('INVITE', 1).filter((status) => status === 200)).toHaveLength(6)
    caller.send('ACK', 1)
    caller.clock.advance(20_000)
    expect(caller.statuses('INVITE', 1).filter((status) => status === 200)).toHaveLength(6)
    expect(caller.calls[0]?.events).toEqual([{ kind: 'confirmed' }])
    caller.send('BYE', 2)
    expect(caller.statuses('BYE', 2)).toEqual([200])
    expectNothingLeft(caller)
  })

  it('is given up after 64·T1, and a BYE sent (RFC 3261 §13.3.1.4)', () => {
    const caller = rawCaller({ onInvite: answer })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.clock.advance(31_000)
    expect(caller.peer.requests('BYE')).toHaveLength(0)
    caller.clock.advance(2000)
    expect(caller.peer.requests('BYE').length).toBeGreaterThan(0)
    expect(last(caller)).toEqual({ kind: 'ended', reason: 'no-ack' })
    expectNothingLeft(caller)
  })

  it('is not stopped by an ACK for something else (RFC 3261 §13.3.1.4)', () => {
    const caller = rawCaller({ onInvite: answer })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.send('ACK', 2)
    caller.clock.advance(600)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 180, 200, 200])
    expect(caller.calls[0]?.events).toEqual([])
  })

  it('repeats the route set and carries Contact, Allow and Supported (RFC 3261 §12.1.1, §13.3.1.4)', () => {
    const caller = rawCaller({ onInvite: answer })
    const headers = ['Record-Route: <sip:192.0.2.9;lr>, <sip:192.0.2.8;lr>']
    caller.send('INVITE', 1, { body: 'offer', headers })
    const ok = caller.peer.response('1 INVITE', 200)
    expect(ok?.headers.values('Record-Route')).toEqual(['<sip:192.0.2.9;lr>', '<sip:192.0.2.8;lr>'])
    expect(ok?.headers.first('Contact')).toBe('<sip:line@192.0.2.2:5060>')
    expect(ok?.headers.first('Allow')).toBe('INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO')
    expect(ok?.headers.first('Supported')).toBe('100rel, timer')
    expect(ok?.headers.has('Server')).toBe(false)
    expect(ok?.headers.has('Date')).toBe(false)
    expect(ok?.body.toString()).toBe('machine')
  })

  it('makes a late offer, which the ACK answers (RFC 3261 §13.2.1)', () => {
    const caller = rawCaller({ onInvite: answer })
    caller.send('INVITE', 1)
    caller.send('ACK', 1, { body: 'answer' })
    expect(caller.calls[0]?.events).toEqual([{ kind: 'confirmed', body: sdp('answer') }])
  })
})

describe('before the 200', () => {
  it('a CANCEL gets the INVITE 487 (RFC 3261 §9.2)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', branch: 'z9hG4bK-one' })
    caller.send('CANCEL', 1, { branch: 'z9hG4bK-one', toTag: '' })
    expect(caller.statuses('CANCEL', 1)).toEqual([200])
    expect(caller.statuses('INVITE', 1)).toEqual([100, 180, 487])
    expect(last(caller)).toMatchObject({ kind: 'ended', reason: 'cancelled', status: 487 })
    caller.calls[0]?.invite.accept(sdp('too late'))
    expectNothingLeft(caller)
  })

  it('a BYE in the early dialog is answered, and the INVITE gets 487 (RFC 3261 §15.1.2)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.send('BYE', 2)
    expect(caller.statuses('BYE', 2)).toEqual([200])
    expect(caller.statuses('INVITE', 1).slice(0, 3)).toEqual([100, 180, 487])
    expect(last(caller)).toMatchObject({ kind: 'ended', reason: 'remote-bye' })
    expectNothingLeft(caller)
  })

  it('hanging up refuses with 480', () => {
    const caller = rawCaller({ onInvite: (invite) => invite.hangUp() })
    caller.send('INVITE', 1, { body: 'offer' })
    expect(caller.statuses('INVITE', 1)).toEqual([100, 480])
    expect(last(caller)).toEqual({ kind: 'ended', reason: 'rejected', status: 480 })
    expectNothingLeft(caller)
  })

  it('a refusal carries the headers it was given', () => {
    const caller = rawCaller({ onInvite: (invite) => invite.reject(486, [['Retry-After', '30']]) })
    caller.send('INVITE', 1, { body: 'offer' })
    expect(caller.peer.response('1 INVITE', 486)?.headers.first('Retry-After')).toBe('30')
    expectNothingLeft(caller)
  })

  it('180 is repeated each minute (RFC 3261 §13.3.1.1)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.clock.advance(125_000)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 180, 180, 180])
  })

  it('the INVITE lapses after its Expires with 487 (RFC 3261 §13.3.1)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', headers: ['Expires: 20'] })
    caller.clock.advance(20_000)
    expect(caller.statuses('INVITE', 1)[2]).toBe(487)
    expect(last(caller)).toEqual({ kind: 'ended', reason: 'cancelled', status: 487 })
    expectNothingLeft(caller)
  })

  it('a second INVITE in the dialog gets 500 with Retry-After (RFC 3261 §14.2)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.send('INVITE', 2, { body: 'offer' })
    const retryAfter = Number(caller.peer.response('2 INVITE', 500)?.headers.first('Retry-After'))
    expect(retryAfter).toBeGreaterThanOrEqual(0)
    expect(retryAfter).toBeLessThanOrEqual(10)
  })
})

describe('our hanging up', () => {
  it('waits for the ACK (RFC 3261 §15)', () => {
    const caller = rawCaller({ onInvite: answer })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.calls[0]?.invite.hangUp([['Reason', 'Q.850;cause=16']])
    caller.clock.advance(5000)
    expect(caller.peer.requests('BYE')).toHaveLength(0)
    caller.send('ACK', 1)
    const [bye] = caller.peer.requests('BYE')
    expect(bye?.headers.first('Reason')).toBe('Q.850;cause=16')
    expect(last(caller)).toEqual({ kind: 'ended', reason: 'local-bye' })
    expectNothingLeft(caller)
  })

  it('crossed by their BYE answers that one with 200, anything else with 481 (RFC 3261 §12.2.2)', () => {
    const caller = rawCaller({ onInvite: answer })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.send('ACK', 1)
    caller.calls[0]?.invite.hangUp()
    caller.send('INFO', 2)
    caller.send('BYE', 3)
    expect(caller.statuses('INFO', 2)).toEqual([481])
    expect(caller.statuses('BYE', 3)).toEqual([200])
    expect(kinds(caller)).toEqual(['confirmed', 'ended'])
    expectNothingLeft(caller)
  })
})

describe('within the dialog', () => {
  const confirmed = (): RawCaller => {
    const caller = rawCaller({ onInvite: answer })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.send('ACK', 1)
    return caller
  }

  it('a request of another dialog gets 481 (RFC 3261 §12.2.2)', () => {
    const caller = confirmed()
    caller.send('BYE', 2, { toTag: 'nobody' })
    caller.send('INVITE', 2, { toTag: '0123456789abcdef', body: 'offer' })
    expect(caller.statuses('BYE', 2)).toEqual([481])
    expect(caller.statuses('INVITE', 2)).toEqual([481])
    expect(kinds(caller)).toEqual(['confirmed'])
  })

  it('a request out of order gets 500 (RFC 3261 §12.2.2)', () => {
    const caller = confirmed()
    caller.send('INFO', 9)
    caller.send('INFO', 7)
    expect(caller.statuses('INFO', 9)).toEqual([200])
    expect(caller.statuses('INFO', 7)).toEqual([500])
  })

  it('INFO gets 200 and is reported (RFC 6086)', () => {
    const caller = confirmed()
    caller.send('INFO', 2, { headers: ['Content-Type: application/dtmf-relay'], body: 'Signal=5' })
    expect(caller.statuses('INFO', 2)).toEqual([200])
    expect(last(caller)).toEqual({
      kind: 'info',
      body: { contentType: 'application/dtmf-relay', bytes: Buffer.from('Signal=5') },
    })
  })

  it('OPTIONS gets 200, unknown methods 501, known ones that we lack 405 (RFC 3261 §8.2.1, §11.2)', () => {
    const caller = confirmed()
    caller.send('OPTIONS', 2)
    caller.send('DANCE', 3)
    caller.send('REFER', 4)
    expect(caller.statuses('OPTIONS', 2)).toEqual([200])
    expect(caller.statuses('DANCE', 3)).toEqual([501])
    expect(caller.statuses('REFER', 4)).toEqual([405])
    expect(caller.peer.response('4 REFER', 405)?.headers.first('Allow')).toContain('INVITE')
  })

  it('a BYE takes the route set and the target of the last refresh (RFC 3261 §12.2.1.1)', () => {
    const caller = rawCaller({ onInvite: answer })
    caller.send('INVITE', 1, { body: 'offer', headers: ['Record-Route: <sip:192.0.2.1:5070;lr>'] })
    caller.send('ACK', 1)
    caller.send('UPDATE', 2, { contact: '<sip:elsewhere@192.0.2.77;line=1>' })
    caller.calls[0]?.invite.hangUp()
    caller.clock.advance(10)
    const [bye] = caller.peer.requests('BYE')
    expect(bye?.uri).toBe('sip:elsewhere@192.0.2.77;line=1')
    expect(bye?.headers.first('Route')).toBe('<sip:192.0.2.1:5070;lr>')
    expect(bye?.headers.first('From')).toBe(`<sip:line@192.0.2.2>;tag=${caller.tag}`)
    expect(bye?.headers.first('To')).toBe('<sip:alice@192.0.2.1>;tag=alice-tag')
  })
})
