import { describe, expect, it } from 'vitest'
import { sdp } from '../../../test/helpers/endpoint-pair.ts'
import { type RawCaller, type RawParts, rawCaller } from '../../../test/helpers/raw-caller.ts'
import type { InviteEvent, Referral } from '../endpoint.ts'
import type { SipRequest } from '../message/message.ts'

type Refer = Extract<InviteEvent, { kind: 'refer' }>

interface Transferor extends RawCaller {
  /** The REFERs that our user heard of, and what became of those that he accepted. */
  readonly heard: Refer[]
  readonly referrals: Referral[]
  refer(cseq: number, referTo: string, headers?: readonly string[]): void
  subscribe(cseq: number, event: string, expires: number): void
  /** Answers the NOTIFYs that have no answer. */
  answerNotifies(status?: number): void
  /** Event, Subscription-State and body of each NOTIFY. */
  readonly told: string[]
}

/** A confirmed call whose caller sends REFERs; the user accepts them unless told otherwise. */
function transferor(accept = true, confirm = true): Transferor {
  const heard: Refer[] = []
  const referrals: Referral[] = []
  const caller = rawCaller({
    machine: { methods: ['REFER'], eventPackages: ['dialog'] },
    onInvite(invite) {
      const note = invite.onEvent
      invite.onEvent = (event) => {
        note(event)
        if (event.kind !== 'refer') return
        heard.push(event)
        if (accept) referrals.push(event.accept())
      }
      invite.accept(sdp('machine'))
    },
  })
  caller.send('INVITE', 1, { body: 'offer' })
  if (confirm) caller.send('ACK', 1)
  let answered = 0
  const notifies = () => [
    ...new Map(
      caller.peer.requests('NOTIFY').map((notify) => [notify.headers.first('CSeq'), notify]),
    ).values(),
  ]
  const tell = ({ headers, body }: SipRequest) =>
    `${headers.first('Event')} | ${headers.first('Subscription-State')} | ${body.toString().trimEnd()}`
  const send = (method: string, cseq: number, parts: RawParts) => caller.send(method, cseq, parts)
  return {
    ...caller,
    heard,
    referrals,
    refer: (cseq: number, referTo: string, headers: readonly string[] = []) =>
      send('REFER', cseq, { headers: [`Refer-To: ${referTo}`, ...headers] }),
    subscribe: (cseq: number, event: string, expires: number) =>
      send('SUBSCRIBE', cseq, { headers: [`Event: ${event}`, `Expires: ${expires}`] }),
    answerNotifies(status = 200) {
      for (const { headers } of notifies().slice(answered)) {
        answered++
        const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map(
          (name) => `${name}: ${headers.first(name)}`,
        )
        caller.peer.send(`SIP/2.0 ${status} Whatever\n${copied.join('\n')}\n\n`)
      }
      caller.clock.advance(10)
    },
    get told() {
      return notifies().map(tell)
    },
  }
}

const DEN = '<sip:den@192.0.2.2>'

describe('REFER within a call (RFC 3515)', () => {
  it('is accepted with 202 and told 100 Trying at once (RFC 3515 §2.4.4)', () => {
    const caller = transferor()
    caller.refer(2, DEN, ['Referred-By: "Kitchen" <sip:kitchen@192.0.2.1>'])
    expect(caller.statuses('REFER', 2)).toEqual([202])
    expect(caller.heard).toMatchObject([
      { referTo: 'sip:den@192.0.2.2', referredBy: '"Kitchen" <sip:kitchen@192.0.2.1>' },
    ])
    expect(caller.heard[0]).not.toHaveProperty('replaces')
    expect(caller.told).toEqual(['refer | active;expires=300 | SIP/2.0 100 Trying'])
    const [notify] = caller.peer.requests('NOTIFY')
    expect(notify?.headers.first('Content-Type')).toBe('message/sipfrag;version=2.0')
    expect(notify?.headers.has('Contact')).toBe(true)
    expect(notify?.uri).toBe('sip:alice@192.0.2.1:5070')
    expect(caller.peer.response('2 REFER', 202)?.headers.has('Contact')).toBe(true)
  })

  it('is told each status of our call, and is through with a final one (RFC 3515 §2.4.5)', () => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.answerNotifies()
    for (const status of [180, 180, 200, 486]) {
      caller.referrals[0]?.progress(status)
      caller.clock.advance(10)
      caller.answerNotifies()
    }
    expect(caller.told).toEqual([
      'refer | active;expires=300 | SIP/2.0 100 Trying',
      'refer | active;expires=300 | SIP/2.0 180 Ringing',
      'refer | terminated;reason=noresource | SIP/2.0 200 OK',
    ])
  })

  it('has one NOTIFY under way at a time, and the newest status waits', () => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.referrals[0]?.progress(180)
    caller.referrals[0]?.progress(183)
    caller.referrals[0]?.progress(486)
    caller.referrals[0]?.progress(180)
    caller.clock.advance(10)
    expect(caller.told).toHaveLength(1)
    caller.answerNotifies()
    expect(caller.told.slice(1)).toEqual(['refer | terminated;reason=noresource | SIP/2.0 486 Busy Here'])
  })

  it('is refused with 603, or as our user likes, and nothing is told', () => {
    const caller = transferor(false)
    caller.refer(2, DEN)
    caller.heard[0]?.refuse()
    caller.refer(3, DEN)
    caller.heard[1]?.refuse(403)
    caller.heard[1]?.accept().progress(200)
    caller.clock.advance(10)
    expect(caller.statuses('REFER', 2)).toEqual([603])
    expect(caller.statuses('REFER', 3)).toEqual([403])
    expect(caller.told).toEqual([])
  })

  it('while another is pending is told apart by its CSeq (RFC 3515 §2.4.6)', () => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.refer(3, '<sip:attic@192.0.2.2>')
    caller.answerNotifies()
    caller.referrals[1]?.progress(200)
    caller.referrals[0]?.progress(603)
    caller.clock.advance(10)
    expect(caller.told).toEqual([
      'refer | active;expires=300 | SIP/2.0 100 Trying',
      'refer;id=3 | active;expires=300 | SIP/2.0 100 Trying',
      'refer;id=3 | terminated;reason=noresource | SIP/2.0 200 OK',
      'refer | terminated;reason=noresource | SIP/2.0 603 Decline',
    ])
  })

  it('past four pending ones is put off', () => {
    const caller = transferor(false)
    for (const cseq of [2, 3, 4, 5, 6]) caller.refer(cseq, DEN)
    expect(caller.peer.response('6 REFER', 500)?.headers.has('Retry-After')).toBe(true)
    expect(caller.heard).toHaveLength(4)
  })

  it('that wants no NOTIFY gets none, and is told so (RFC 4488 §4)', () => {
    const caller = transferor()
    caller.refer(2, DEN, ['Refer-Sub: false', 'Require: norefersub'])
    caller.referrals[0]?.progress(200)
    caller.clock.advance(10)
    expect(caller.peer.response('2 REFER', 202)?.headers.first('Refer-Sub')).toBe('false')
    expect(caller.told).toEqual([])
  })

  it.each(['their', 'our'])('is followed by nothing once the call is over by %s BYE', (whose) => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.answerNotifies()
    if (whose === 'their') caller.send('BYE', 3)
    else caller.calls[0]?.invite.hangUp()
    caller.referrals[0]?.progress(200)
    caller.settle()
    expect(caller.told).toHaveLength(1)
    expect(caller.machine.size).toEqual({ dialogs: 0, transactions: 0 })
    expect(caller.clock.pending).toBe(0)
  })

  it('still unanswered at a BYE gets 487 (RFC 3261 §15.1.2)', () => {
    const caller = transferor(false)
    caller.refer(2, DEN)
    caller.send('BYE', 3)
    expect(caller.statuses('REFER', 2)).toEqual([487])
    caller.heard[0]?.accept().progress(200)
    caller.settle()
    expect(caller.told).toEqual([])
  })

  it.each([481, 500])('whose NOTIFY gets %i ends, and the call goes on (RFC 5057 §5.1)', (status) => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.answerNotifies(status)
    caller.referrals[0]?.progress(200)
    caller.clock.advance(10)
    expect(caller.told).toHaveLength(1)
    caller.send('INFO', 3)
    expect(caller.statuses('INFO', 3)).toEqual([200])
  })

  it('whose NOTIFY nobody answers ends, and the call goes on (RFC 5057 §5.1)', () => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.clock.advance(33_000)
    caller.referrals[0]?.progress(200)
    caller.clock.advance(10)
    expect(caller.told).toHaveLength(1)
    expect(caller.calls[0]?.events.at(-1)?.kind).toBe('refer')
  })

  it('from which no news comes expires', () => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.answerNotifies()
    caller.clock.advance(300_000)
    caller.referrals[0]?.progress(200)
    caller.clock.advance(10)
    expect(caller.told.slice(1)).toEqual(['refer | terminated;reason=timeout | SIP/2.0 100 Trying'])
  })

  it('moves the target of the dialog (RFC 3515 §2.4.2)', () => {
    const caller = transferor()
    const headers = [`Refer-To: ${DEN}`]
    caller.send('REFER', 2, { headers, contact: '<sip:moved@192.0.2.1:5070>' })
    expect(caller.peer.requests('NOTIFY')[0]?.uri).toBe('sip:moved@192.0.2.1:5070')
  })
})

describe('SUBSCRIBE within a call', () => {
  it('with Expires 0 ends what a REFER made (RFC 3515 §2.4.4)', () => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.answerNotifies()
    caller.subscribe(3, 'refer', 0)
    expect(caller.peer.response('3 SUBSCRIBE', 200)?.headers.first('Expires')).toBe('0')
    caller.referrals[0]?.progress(200)
    caller.clock.advance(10)
    expect(caller.told.slice(1)).toEqual(['refer | terminated;reason=timeout | SIP/2.0 100 Trying'])
  })

  it('renews it, and is told the status again', () => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.refer(3, DEN)
    caller.answerNotifies()
    caller.subscribe(4, 'refer;id=3', 90)
    expect(caller.peer.response('4 SUBSCRIBE', 200)?.headers.first('Expires')).toBe('90')
    expect(caller.told.at(-1)).toBe('refer;id=3 | active;expires=90 | SIP/2.0 100 Trying')
    caller.answerNotifies()
    caller.clock.advance(90_000)
    expect(caller.told.at(-1)).toBe('refer;id=3 | terminated;reason=timeout | SIP/2.0 100 Trying')
  })

  it('is refused without such a REFER, too often, or about anything else (RFC 6665 §4.2.1.1, §4.5.2)', () => {
    const caller = transferor()
    caller.refer(2, DEN)
    caller.subscribe(3, 'refer;id=9', 90)
    caller.subscribe(4, 'refer', 10)
    caller.subscribe(5, 'dialog', 90)
    expect(caller.statuses('SUBSCRIBE', 3)).toEqual([481])
    expect(caller.statuses('SUBSCRIBE', 4)).toEqual([423])
    expect(caller.statuses('SUBSCRIBE', 5)).toEqual([403])
  })
})

describe('Refer-To', () => {
  it('with an escaped Replaces is an attended transfer (RFC 5589 §7, RFC 3891 §6.1)', () => {
    const caller = transferor()
    caller.refer(
      2,
      '<sip:den@192.0.2.2:5062;transport=tcp?Require=replaces&Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2%3Bearly-only>',
    )
    expect(caller.heard[0]).toMatchObject({
      referTo: 'sip:den@192.0.2.2:5062;transport=tcp',
      replaces: { callId: 'a@b', toTag: '1', fromTag: '2', earlyOnly: true },
    })
  })

  it.each(['tel:+4930123456', 'sips:den@house.example', 'sip:*8@192.0.2.2'])('may be %s', (uri) => {
    const caller = transferor()
    caller.refer(2, `<${uri}>`)
    expect(caller.heard[0]?.referTo).toBe(uri)
  })

  it.each([
    ['several', '<sip:a@b>, <sip:c@d>', 400],
    ['none at all', '', 400],
    ['no address', 'den', 400],
    ['a broken URI', '<sip:>', 400],
    ['a broken number', '<tel:den>', 400],
    ['a header part without brackets', 'sip:den@b?Replaces=x', 400],
    ['a Replaces without tags', '<sip:a@b?Replaces=x>', 400],
    ['a Replaces with a broken escape', '<sip:a@b?Replaces=x%3Bto-tag%3D1%3Bfrom-tag%3D%2>', 400],
    [
      'two Replaces',
      '<sip:a@b?Replaces=x%3Bto-tag%3D1%3Bfrom-tag%3D2&replaces=y%3Bto-tag%3D1%3Bfrom-tag%3D2>',
      400,
    ],
    ['another scheme', '<https://example.com>', 416],
    ['another method', '<sip:a@b;method=BYE>', 403],
  ])('with %s is refused (RFC 3515 §2.4.2)', (_, referTo, status) => {
    const caller = transferor()
    caller.refer(2, referTo)
    expect(caller.statuses('REFER', 2)).toEqual([status])
    expect(caller.heard).toEqual([])
  })
})

describe('REFER is refused', () => {
  it('before the ACK, with Retry-After', () => {
    const caller = transferor(true, false)
    caller.refer(2, DEN)
    expect(caller.peer.response('2 REFER', 500)?.headers.has('Retry-After')).toBe(true)
  })

  it('in an early dialog', () => {
    const caller = rawCaller({ machine: { methods: ['REFER'] }, onInvite: (invite) => invite.ring() })
    caller.send('INVITE', 1, { body: 'offer' })
    caller.send('REFER', 2, { headers: [`Refer-To: ${DEN}`] })
    expect(caller.statuses('REFER', 2)).toEqual([403])
  })

  it('outside of a call, unless our user takes it', () => {
    const caller = rawCaller({ machine: { methods: ['REFER'] } })
    caller.send('REFER', 1, { headers: [`Refer-To: ${DEN}`], toTag: '' })
    expect(caller.statuses('REFER', 1)).toEqual([405])
  })
})
