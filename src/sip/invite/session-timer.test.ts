import { describe, expect, it } from 'vitest'
import { sdp } from '../../../test/helpers/endpoint-pair.ts'
import { type RawCaller, rawCaller } from '../../../test/helpers/raw-caller.ts'
import { agreeTimer, expireAfterMs, obeyTimer } from './session-timer.ts'

function confirmed(headers: readonly string[]): RawCaller {
  const caller = rawCaller({ onInvite: (invite) => invite.accept(sdp('machine')) })
  caller.send('INVITE', 1, { body: 'offer', headers })
  caller.send('ACK', 1)
  return caller
}

const expires = ({ peer }: RawCaller, cseq = '1 INVITE') =>
  peer.response(cseq, 200)?.headers.first('Session-Expires')
const last = ({ calls }: RawCaller) => calls[0]?.events.at(-1)

describe('session timers (RFC 4028)', () => {
  it('follow a FRITZ!Box, which refreshes itself (§9)', () => {
    const caller = confirmed(['Supported: 100rel,timer', 'Session-Expires: 600;refresher=uac', 'Min-SE: 90'])
    expect(expires(caller)).toBe('600;refresher=uac')
    expect(caller.peer.response('1 INVITE', 200)?.headers.first('Require')).toBe('timer')
    caller.clock.advance(300_000)
    caller.send('UPDATE', 2, { headers: ['Supported: timer', 'Session-Expires: 600;refresher=uac'] })
    expect(expires(caller, '2 UPDATE')).toBe('600;refresher=uac')
    caller.clock.advance(560_000)
    expect(last(caller)).toEqual({ kind: 'confirmed' })
    caller.clock.advance(10_000)
    expect(last(caller)).toEqual({ kind: 'ended', reason: 'session-expired' })
    expect(caller.peer.requests('BYE').length).toBeGreaterThan(0)
    caller.settle()
    expect(caller.clock.pending).toBe(0)
  })

  it('take the interval of an UPDATE that comes before the ACK (§9)', () => {
    const caller = rawCaller({ onInvite: (invite) => invite.accept(sdp('machine')) })
    caller.send('INVITE', 1, {
      body: 'offer',
      headers: ['Supported: timer', 'Session-Expires: 600;refresher=uac'],
    })
    caller.send('UPDATE', 2, { headers: ['Supported: timer', 'Session-Expires: 120;refresher=uac'] })
    caller.send('ACK', 1)
    caller.clock.advance(100_000)
    expect(last(caller)).toEqual({ kind: 'ended', reason: 'session-expired' })
  })

  it('are not asked for by us (§9)', () => {
    const caller = confirmed(['Supported: timer'])
    expect(expires(caller)).toBeUndefined()
    expect(caller.clock.pending).toBeLessThan(2)
  })

  it('make us refresh by UPDATE where it is allowed (§7.4, §10)', () => {
    const caller = confirmed([
      'Supported: timer',
      'Session-Expires: 100;refresher=uas',
      'Allow: INVITE, UPDATE',
    ])
    expect(expires(caller)).toBe('100;refresher=uas')
    caller.clock.advance(50_000)
    const [update] = caller.peer.requests('UPDATE')
    expect(update?.headers.first('Session-Expires')).toBe('100;refresher=uac')
    expect(update?.headers.has('Contact')).toBe(true)
    expect(update?.body).toHaveLength(0)
    answer(caller, update, ['Session-Expires: 100;refresher=uac'])
    caller.clock.advance(60_000)
    expect(last(caller)).toEqual({ kind: 'confirmed' })
    expect(new Set(caller.peer.requests('UPDATE').map(({ headers }) => headers.first('CSeq'))).size).toBe(2)
  })

  it('make us refresh by a re-INVITE with the same session otherwise (§7.4)', () => {
    const caller = confirmed(['Supported: timer', 'Session-Expires: 100;refresher=uas'])
    caller.clock.advance(50_000)
    const [reinvite] = caller.peer.requests('INVITE')
    expect(reinvite?.body.toString()).toBe('machine')
    caller.send('INVITE', 2, { body: 'glare' })
    expect(caller.statuses('INVITE', 2)).toEqual([100, 491])
    answer(caller, reinvite, ['Session-Expires: 100;refresher=uac', 'Content-Type: application/sdp'], 'same')
    answer(caller, reinvite, ['Session-Expires: 100;refresher=uac', 'Content-Type: application/sdp'], 'same')
    expect(
      caller.peer.requests('ACK').filter(({ headers }) => headers.first('CSeq') === '1 ACK'),
    ).toHaveLength(2)
    expect(caller.calls[0]?.events).toEqual([{ kind: 'confirmed' }, { kind: 'confirmed', body: sdp('same') }])
  })

  it('let a change of theirs overtake our UPDATE, which carries no offer (RFC 3311 §5.2)', () => {
    let accept = () => {}
    const caller = rawCaller({
      onInvite(invite) {
        invite.accept(sdp('machine'))
        invite.onEvent = (event) => {
          if (event.kind === 'renegotiate') accept = () => event.accept(sdp('held'))
        }
      },
    })
    const headers = ['Supported: timer', 'Session-Expires: 100;refresher=uas', 'Allow: UPDATE']
    caller.send('INVITE', 1, { body: 'offer', headers })
    caller.send('ACK', 1)
    caller.clock.advance(50_000)
    caller.send('INVITE', 2, { body: 'hold' })
    answer(caller, caller.peer.requests('UPDATE')[0], ['Session-Expires: 100;refresher=uac'])
    accept()
    caller.clock.advance(10)
    expect(caller.statuses('INVITE', 2)).toEqual([100, 200])
  })

  it('try a refresh again within 2 s after a glare, for the Call-ID is not ours (RFC 3261 §14.1)', () => {
    const caller = confirmed([
      'Supported: timer',
      'Session-Expires: 100;refresher=uas',
      'Allow: INVITE, UPDATE',
    ])
    const numbers = () =>
      new Set(caller.peer.requests('UPDATE').map(({ headers }) => headers.first('CSeq'))).size
    caller.clock.advance(50_000)
    answer(caller, caller.peer.requests('UPDATE')[0], [], '', '491 Request Pending')
    expect(numbers()).toBe(1)
    caller.clock.advance(2000)
    expect(numbers()).toBe(2)
  })

  it('end the call when a refresh of ours gets 481 (RFC 3261 §12.2.1.2)', () => {
    const caller = confirmed(['Supported: timer', 'Session-Expires: 100;refresher=uas', 'Allow: UPDATE'])
    caller.clock.advance(50_000)
    answer(caller, caller.peer.requests('UPDATE')[0], [], '', '481 Gone')
    expect(last(caller)).toEqual({ kind: 'ended', reason: 'transport-failed', status: 481 })
  })

  it('are refused with 422 below the minimum, to callers who understand it (§6)', () => {
    const caller = rawCaller()
    caller.send('INVITE', 1, { body: 'offer', headers: ['Supported: timer', 'Session-Expires: 60'] })
    expect(caller.statuses('INVITE', 1)).toEqual([100, 422])
    expect(caller.peer.response('1 INVITE', 422)?.headers.first('Min-SE')).toBe('90')
    expect(caller.calls).toHaveLength(0)
  })

  it('choose the refresher by table 2 (§9)', () => {
    const agreed = (ours: boolean, supported: boolean) => ({
      kind: 'agreed',
      timer: { intervalMs: 600_000, ours, supported },
    })
    expect(agreeTimer({ supported: true })).toEqual({ kind: 'none' })
    expect(agreeTimer({ supported: true, intervalMs: 600_000 })).toEqual(agreed(false, true))
    expect(agreeTimer({ supported: true, intervalMs: 600_000, refresher: 'uas' })).toEqual(agreed(true, true))
    expect(agreeTimer({ supported: false, intervalMs: 600_000 })).toEqual(agreed(true, false))
    expect(agreeTimer({ supported: false, intervalMs: 30_000 })).toEqual({ kind: 'none' })
  })

  it('expire by a third of the interval early, at most 32 s (§10)', () => {
    const timer = (intervalMs: number) => ({ intervalMs, ours: false, supported: true })
    expect(expireAfterMs(timer(90_000))).toBe(60_000)
    expect(expireAfterMs(timer(600_000))).toBe(568_000)
    expect(obeyTimer({ supported: true })).toBeUndefined()
  })
})

/** The caller's response to a request of ours. */
function answer(
  { peer, clock }: RawCaller,
  request: ReturnType<RawCaller['peer']['requests']>[number] | undefined,
  headers: readonly string[],
  body = '',
  status = '200 OK',
): void {
  if (!request) throw new Error('there is no such request')
  const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map(
    (name) => `${name}: ${request.headers.first(name)}`,
  )
  const lines = [...copied, 'Contact: <sip:alice@192.0.2.1:5070>', ...headers]
  peer.send(`SIP/2.0 ${status}\n${lines.join('\n')}\n\n${body}`)
  clock.advance(10)
}
