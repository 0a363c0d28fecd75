import { describe, expect, it } from 'vitest'
import { sdp } from '../../../test/helpers/endpoint-pair.ts'
import { type RawCaller, rawCaller } from '../../../test/helpers/raw-caller.ts'
import type { Body, InviteEvent } from '../endpoint.ts'

type Renegotiate = Extract<InviteEvent, { kind: 'renegotiate' }>

/** A confirmed call whose changes are decided by `decide`; by default nobody decides. */
function confirmed(decide: (event: Renegotiate) => void = () => {}): RawCaller & { asked: Renegotiate[] } {
  const asked: Renegotiate[] = []
  const caller = rawCaller({
    onInvite(invite) {
      const note = invite.onEvent
      invite.onEvent = (event) => {
        if (event.kind !== 'renegotiate') return note(event)
        asked.push(event)
        decide(event)
      }
      invite.accept(sdp('machine'))
    },
  })
  caller.send('INVITE', 1, { body: 'offer' })
  caller.send('ACK', 1)
  return Object.assign(caller, { asked })
}

const accept = (body?: Body) => (event: Renegotiate) => event.accept(body)

describe('re-INVITE (RFC 3261 §14.2)', () => {
  it('is answered, and its 200 repeated until the ACK', () => {
    const caller = confirmed(accept(sdp('held')))
    caller.send('INVITE', 2, { body: 'hold' })
    expect(caller.asked[0]?.body).toEqual(sdp('hold'))
    caller.clock.advance(600)
    expect(caller.statuses('INVITE', 2)).toEqual([100, 200, 200])
    caller.send('ACK', 2)
    caller.clock.advance(5000)
    expect(caller.statuses('INVITE', 2)).toEqual([100, 200, 200])
    expect(caller.peer.response('2 INVITE', 200)?.body.toString()).toBe('held')
  })

  it('without an offer gets ours, and the ACK answers', () => {
    const caller = confirmed(accept(sdp('our offer')))
    caller.send('INVITE', 2)
    expect(caller.asked[0]).not.toHaveProperty('body')
    caller.send('ACK', 2, { body: 'their answer' })
    expect(caller.calls[0]?.events.at(-1)).toEqual({ kind: 'confirmed', body: sdp('their answer') })
  })

  it('refused with 488 leaves the session', () => {
    const caller = confirmed((event) => event.refuse())
    caller.send('INVITE', 2, { body: 'video' })
    caller.send('ACK', 2)
    expect(caller.statuses('INVITE', 2)).toEqual([100, 488])
    caller.send('BYE', 3)
    expect(caller.statuses('BYE', 3)).toEqual([200])
  })

  it('refused leaves the target too (RFC 6141 §4)', () => {
    const caller = confirmed((event) => event.refuse())
    caller.send('INVITE', 2, { body: 'video', contact: '<sip:elsewhere@192.0.2.77>' })
    caller.send('ACK', 2)
    caller.calls[0]?.invite.hangUp()
    caller.clock.advance(10)
    expect(caller.peer.requests('BYE')[0]?.uri).toBe('sip:alice@192.0.2.1:5070')
  })

  it('whose 200 is never acknowledged ends the call', () => {
    const caller = confirmed(accept(sdp('again')))
    caller.send('INVITE', 2, { body: 'hold' })
    caller.clock.advance(33_000)
    expect(caller.calls[0]?.events.at(-1)).toEqual({ kind: 'ended', reason: 'no-ack' })
    expect(caller.peer.requests('BYE').length).toBeGreaterThan(0)
  })

  it('during another gets 500 with Retry-After', () => {
    const caller = confirmed()
    caller.send('INVITE', 2, { body: 'hold' })
    caller.send('INVITE', 3, { body: 'resume' })
    expect(caller.peer.response('3 INVITE', 500)?.headers.has('Retry-After')).toBe(true)
    caller.asked[0]?.accept(sdp('held'))
    caller.clock.advance(10)
    expect(caller.statuses('INVITE', 2)).toEqual([100, 200])
  })

  it('while ours awaits its ACK gets 491', () => {
    const caller = confirmed(accept(sdp('held')))
    caller.send('INVITE', 2, { body: 'hold' })
    caller.send('INVITE', 3, { body: 'resume' })
    caller.send('UPDATE', 4, { body: 'resume' })
    expect(caller.statuses('INVITE', 3)).toEqual([100, 491])
    expect(caller.statuses('UPDATE', 4)).toEqual([491])
  })

  it('cancelled gets 487 and leaves the session (RFC 3261 §9.2)', () => {
    const caller = confirmed()
    caller.send('INVITE', 2, { body: 'hold', branch: 'z9hG4bK-two' })
    caller.send('CANCEL', 2, { branch: 'z9hG4bK-two' })
    expect(caller.statuses('INVITE', 2)).toEqual([100, 487])
    caller.asked[0]?.accept(sdp('too late'))
    caller.send('BYE', 3)
    expect(caller.statuses('BYE', 3)).toEqual([200])
  })

  it('still unanswered at a BYE gets 487 (RFC 3261 §15.1.2)', () => {
    const caller = confirmed()
    caller.send('INVITE', 2, { body: 'hold' })
    caller.send('BYE', 3)
    expect(caller.statuses('BYE', 3)).toEqual([200])
    expect(caller.statuses('INVITE', 2).slice(0, 2)).toEqual([100, 487])
  })

  it('needs a Contact and a body that we read (RFC 3261 §8.1.1.8, §8.2.3)', () => {
    const caller = confirmed()
    caller.send('INVITE', 2, { body: 'hold', contact: false })
    caller.send('INVITE', 3, { body: 'hello', headers: ['Content-Type: text/plain'] })
    expect(caller.statuses('INVITE', 2)).toEqual([100, 400])
    expect(caller.statuses('INVITE', 3)).toEqual([100, 415])
    expect(caller.asked).toEqual([])
  })
})

describe('UPDATE (RFC 3311 §5.2)', () => {
  it('with an offer is answered in its 200', () => {
    const caller = confirmed(accept(sdp('held')))
    caller.send('UPDATE', 2, { body: 'hold' })
    expect(caller.statuses('UPDATE', 2)).toEqual([200])
    expect(caller.peer.response('2 UPDATE', 200)?.body.toString()).toBe('held')
  })

  it('without one is a mere refresh and asks nobody', () => {
    const caller = confirmed()
    caller.send('UPDATE', 2)
    expect(caller.statuses('UPDATE', 2)).toEqual([200])
    expect(caller.peer.response('2 UPDATE', 200)?.headers.has('Contact')).toBe(true)
    expect(caller.asked).toEqual([])
  })

  it('refused with a status of the user’s choice leaves the session', () => {
    const caller = confirmed((event) => event.refuse(606))
    caller.send('UPDATE', 2, { body: 'video' })
    expect(caller.statuses('UPDATE', 2)).toEqual([606])
    caller.send('INFO', 3)
    expect(caller.statuses('INFO', 3)).toEqual([200])
  })

  it('during a re-INVITE gets 500 with Retry-After', () => {
    const caller = confirmed()
    caller.send('INVITE', 2, { body: 'hold' })
    caller.send('UPDATE', 3, { body: 'resume' })
    expect(caller.peer.response('3 UPDATE', 500)?.headers.has('Retry-After')).toBe(true)
  })

  it('in the early dialog gets 500 while the INVITE’s offer has no answer', () => {
    const caller = rawCaller({ onInvite: (invite) => invite.ring() })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.send('UPDATE', 2, { body: 'another' })
    caller.send('UPDATE', 3)
    expect(caller.peer.response('2 UPDATE', 500)?.headers.has('Retry-After')).toBe(true)
    expect(caller.statuses('UPDATE', 3)).toEqual([200])
  })
})
