import { describe, expect, it } from 'vitest'
import { sdp } from '../../../test/helpers/endpoint-pair.ts'
import { type RawCaller, rawCaller } from '../../../test/helpers/raw-caller.ts'
import type { IncomingInvite, InviteEvent } from '../endpoint.ts'

const REQUIRED = ['Require: 100rel']
const ring = (invite: IncomingInvite) => invite.ring()
const earlyMedia = (invite: IncomingInvite) => invite.ring(sdp('early'))

const rseqOf = ({ peer }: RawCaller, status = 180) =>
  Number(peer.response('1 INVITE', status)?.headers.first('RSeq'))

describe('provisional responses (RFC 3262)', () => {
  it('are reliable when the caller requires it (§3)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    const ringing = caller.peer.response('1 INVITE', 180)
    expect(ringing?.headers.first('Require')).toBe('100rel')
    expect(rseqOf(caller)).toBeGreaterThanOrEqual(1)
    expect(rseqOf(caller)).toBeLessThan(2 ** 31)
  })

  it('are not when the caller merely supports it', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', headers: ['Supported: 100rel'] })
    const ringing = caller.peer.response('1 INVITE', 180)
    expect(ringing?.headers.has('Require')).toBe(false)
    expect(ringing?.headers.has('RSeq')).toBe(false)
  })

  it('are sent again at doubling intervals until the PRACK (§3)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    caller.clock.advance(3600)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 180, 180, 180, 180])
    caller.send('PRACK', 2, { headers: [`RAck: ${rseqOf(caller)} 1 INVITE`] })
    caller.clock.advance(40_000)
    expect(caller.statuses('PRACK', 2)).toEqual([200])
    expect(caller.statuses('INVITE', 1)).toHaveLength(5)
  })

  it('that are never acknowledged get the INVITE a 504 after 64·T1 (§3)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    caller.clock.advance(32_100)
    expect(caller.statuses('INVITE', 1)).toContain(504)
    expect(caller.calls[0]?.events.at(-1)).toEqual({ kind: 'ended', reason: 'rejected', status: 504 })
    caller.settle()
    expect(caller.machine.size).toEqual({ dialogs: 0, transactions: 0 })
  })

  it('match their PRACK by RSeq, CSeq and method (§3)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    const rseq = rseqOf(caller)
    caller.send('PRACK', 2, { headers: [`RAck: ${rseq + 1} 1 INVITE`] })
    caller.send('PRACK', 3, { headers: [`RAck: ${rseq} 9 INVITE`] })
    caller.send('PRACK', 4, { headers: [`RAck: ${rseq} 1 UPDATE`] })
    caller.send('PRACK', 5)
    expect([2, 3, 4, 5].map((cseq) => caller.statuses('PRACK', cseq))).toEqual([[481], [481], [400], [400]])
  })

  it('follow one another with rising RSeq, each after the PRACK of the one before (§3)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    caller.calls[0]?.invite.ring(sdp('early'))
    caller.clock.advance(10)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 180])
    caller.send('PRACK', 2, { headers: [`RAck: ${rseqOf(caller)} 1 INVITE`] })
    expect(caller.statuses('INVITE', 1)).toEqual([100, 180, 183])
    expect(rseqOf(caller, 183)).toBe(rseqOf(caller) + 1)
  })

  it('without a description do not hold back the 200, and their late PRACK is welcome (§3)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    caller.calls[0]?.invite.accept(sdp('machine'))
    caller.clock.advance(10)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 180, 200])
    caller.send('ACK', 1)
    caller.send('PRACK', 2, { headers: [`RAck: ${rseqOf(caller)} 1 INVITE`] })
    expect(caller.statuses('PRACK', 2)).toEqual([200])
  })

  it('with a description hold back the 200, which then carries none (§3, §5)', () => {
    const caller = rawCaller({ onInvite: earlyMedia })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    caller.calls[0]?.invite.accept(sdp('machine'))
    caller.clock.advance(10)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 183])
    caller.send('PRACK', 2, { headers: [`RAck: ${rseqOf(caller, 183)} 1 INVITE`] })
    expect(caller.statuses('INVITE', 1)).toEqual([100, 183, 200])
    expect(caller.peer.response('1 INVITE', 200)?.body).toHaveLength(0)
  })

  it('take an offer in the PRACK and answer it there (§5)', () => {
    const caller = rawCaller({ onInvite: earlyMedia })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    caller.send('PRACK', 2, { headers: [`RAck: ${rseqOf(caller, 183)} 1 INVITE`], body: 'better' })
    expect(caller.calls[0]?.events[0]).toMatchObject({ kind: 'renegotiate', body: sdp('better') })
    expect(caller.statuses('PRACK', 2)).toEqual([200])
    expect(caller.peer.response('2 PRACK', 200)?.body.toString()).toBe('machine again')
  })

  it('refuse an offer in the PRACK while the INVITE’s own is unanswered', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    caller.send('PRACK', 2, { headers: [`RAck: ${rseqOf(caller)} 1 INVITE`], body: 'another' })
    expect(caller.statuses('PRACK', 2)).toEqual([488])
    caller.clock.advance(5000)
    expect(caller.statuses('INVITE', 1)).toEqual([100, 180])
  })

  it('refuse an offer in the PRACK while that of an UPDATE is unanswered, which then gets its answer (RFC 3311 §5.2)', () => {
    let answerLate = () => 0
    const caller = rawCaller({
      onInvite(invite) {
        const renegotiations: Extract<InviteEvent, { kind: 'renegotiate' }>[] = []
        invite.onEvent = (event) => {
          if (event.kind === 'renegotiate') renegotiations.push(event)
        }
        invite.ring(sdp('early'))
        answerLate = () => renegotiations.map((event) => event.accept(sdp('late'))).length
      },
    })
    caller.send('INVITE', 1, { body: 'offer', headers: REQUIRED })
    caller.send('UPDATE', 2, { body: 'another' })
    caller.send('PRACK', 3, { headers: [`RAck: ${rseqOf(caller, 183)} 1 INVITE`], body: 'a third' })
    expect(caller.statuses('PRACK', 3)).toEqual([488])
    expect(answerLate()).toBe(1)
    caller.clock.advance(10)
    expect(caller.peer.response('2 UPDATE', 200)?.body.toString()).toBe('late')
  })

  it('may carry our offer, which the PRACK answers (§5)', () => {
    const caller = rawCaller({ onInvite: earlyMedia })
    caller.send('INVITE', 1, { headers: REQUIRED })
    caller.send('UPDATE', 2, { body: 'glare' })
    caller.send('PRACK', 3, { headers: [`RAck: ${rseqOf(caller, 183)} 1 INVITE`], body: 'answer' })
    caller.calls[0]?.invite.accept(sdp('unused'))
    caller.clock.advance(10)
    caller.send('ACK', 1)
    expect(caller.statuses('UPDATE', 2)).toEqual([491])
    expect(caller.calls[0]?.events).toEqual([{ kind: 'confirmed', body: sdp('answer') }])
    expect(caller.peer.response('1 INVITE', 200)?.body).toHaveLength(0)
  })

  it('are left out when the first would have to carry an offer that nobody gave (RFC 3261 §13.2.1)', () => {
    const caller = rawCaller({ onInvite: ring })
    caller.send('INVITE', 1, { headers: REQUIRED })
    expect(caller.statuses('INVITE', 1)).toEqual([100])
  })
})
