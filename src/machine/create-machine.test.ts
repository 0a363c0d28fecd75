import { describe, expect, it, vi } from 'vitest'
import { CALLER, HOUSE, openHouse } from '../../test/helpers/in-memory-house.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { type Log, silentLog } from '../shared/log.ts'
import type { OwnerAct } from './machine.ts'

/** Greeting (3.3 s) and beep (0.3 s), with a little to spare. */
const GREETED_MS = 3800

/** What became of the only call. */
const outcome = (rows: ReadonlyMap<string, { outcome: string | null }>) => [...rows.values()][0]?.outcome

describe('the machine takes a call', () => {
  it('rings for the ring time, answers once, greets, beeps, records and keeps the message', async () => {
    await using house = await openHouse()
    await house.invite()
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180])
    expect(house.machine.liveCalls()).toMatchObject([
      { phase: 'ringing', callerNumber: '+49301234', callerName: 'Alice' },
    ])
    await house.pass(17_980)
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180])
    await house.pass(20)
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180, 200])
    await house.ack()
    expect(house.machine.liveCalls()[0]?.phase).toBe('greeting')
    await house.pass(GREETED_MS)
    expect(house.machine.liveCalls()[0]?.phase).toBe('recording')
    await house.speak(3000)
    await house.bye()
    expect(house.caller.statuses('2 BYE')).toEqual([200])
    await house.pass(100)
    expect(house.kept).toMatchObject([
      { durationMs: 3000, meta: { callerNumber: '+49301234', mailboxId: 'box' } },
    ])
    expect(outcome(house.rows)).toBe('message')
    expect(house.machine.liveCalls()).toEqual([])
    const told = house.events.map((event) => (event.kind === 'call-changed' ? event.call.phase : event.kind))
    // Recording twice: once it begins, and once its first packet says since when.
    expect(told).toEqual(['ringing', 'greeting', 'recording', 'recording', 'message-added', 'call-ended'])
  })

  it('sends one gapless stream from the answer to the BYE, silence included', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    await house.speak(2000)
    await house.bye()
    const sent = house.rtp.carried.filter(({ from, to }) => from.address === HOUSE && to.port === 30_000)
    expect(sent.length).toBeGreaterThan(250)
    const first = sent[0]?.bytes
    for (const [index, { bytes, at }] of sent.entries()) {
      expect(bytes.readUInt32BE(8)).toBe(first?.readUInt32BE(8))
      expect(bytes.readUInt16BE(2)).toBe(((first?.readUInt16BE(2) ?? 0) + index) & 0xffff)
      expect(bytes.readUInt32BE(4)).toBe(((first?.readUInt32BE(4) ?? 0) + index * 160) >>> 0)
      expect(bytes.length).toBe(172)
      expect(at - (sent[0]?.at ?? 0)).toBeCloseTo(index * 20, 6)
    }
  })

  it('gives the same bytes at the same moments for the same call', async () => {
    const trace = async () => {
      await using house = await openHouse()
      await house.invite()
      await house.pass(18_000)
      await house.ack()
      await house.pass(GREETED_MS)
      await house.speak(1000)
      await house.bye()
      const sip = house.network.trace.map(({ sentAt, text }) => `${sentAt} ${text}`)
      const rtp = house.rtp.carried.map(({ at, bytes }) => `${at} ${bytes.toString('hex')}`)
      return [...sip, ...rtp]
    }
    expect(await trace()).toEqual(await trace())
  })

  it('lets a caller cancel while it rings', async () => {
    await using house = await openHouse()
    await house.invite()
    await house.pass(5000)
    await house.cancel()
    expect(house.caller.statuses('1 INVITE').at(-1)).toBe(487)
    await house.pass(100)
    expect(outcome(house.rows)).toBe('abandoned')
  })

  it('counts a caller who hangs up in the greeting as hung up', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite()
    await house.ack()
    await house.speak(1000)
    await house.bye()
    await house.pass(100)
    expect(house.kept).toEqual([])
    expect(outcome(house.rows)).toBe('hung-up')
  })

  it('ends a message at its longest length, after telling the caller', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 }, mailbox: { longestSeconds: 5 } })
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    await house.speak(12_000)
    expect(house.caller.requests('BYE').length).toBeGreaterThan(0)
    expect(house.kept[0]?.durationMs).toBeGreaterThan(4500)
    expect(house.kept[0]?.durationMs).toBeLessThan(5100)
  })

  it('ends a dead call: no RTP for half a minute', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite()
    await house.ack()
    await house.pass(35_000)
    expect(house.caller.requests('BYE').length).toBeGreaterThan(0)
    await house.pass(40_000)
    expect(outcome(house.rows)).toBe('failed')
  })

  it('offers in its 200 when the INVITE had no offer, and takes the answer from the ACK (RFC 3261 §13.2.1)', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite({ sdp: null })
    expect(house.caller.response('1 INVITE', 200)?.body.toString()).toContain('m=audio')
    await house.ack()
    // An ACK without an answer: there is no session, so there is no call.
    expect(house.caller.requests('BYE').length).toBe(1)
  })

  it('offers in its ringing when the INVITE had no offer and wants that reliable: the PRACK answers (RFC 3262 §5)', async () => {
    await using house = await openHouse({ line: { ringSeconds: 2 } })
    await house.invite({ sdp: null, headers: ['Require: 100rel'] })
    const ringing = house.caller.response('1 INVITE', 180)
    expect(ringing?.body.toString()).toContain('m=audio')
    await house.pass(600)
    // Nobody has acknowledged it: it comes again, and holds the 200 back.
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180, 180])
    await house.pass(2000)
    expect(house.caller.response('1 INVITE', 200)).toBeUndefined()
    await house.request(
      'PRACK',
      '2 PRACK',
      [`RAck: ${ringing?.headers.first('RSeq')} 1 INVITE`, 'Content-Type: application/sdp'],
      `v=0\r\no=- 1 1 IN IP4 ${CALLER}\r\ns=-\r\nc=IN IP4 ${CALLER}\r\nt=0 0\r\nm=audio 30000 RTP/AVP 8\r\n`,
    )
    expect(house.caller.statuses('2 PRACK')).toEqual([200])
    // No sound before the answer, though all is settled.
    const settledAt = house.clock.monotonic()
    expect(house.caller.response('1 INVITE', 200)?.body).toHaveLength(0)
    await house.ack()
    await house.pass(200)
    const sent = house.rtp.carried.filter(({ to }) => to.address === CALLER)
    expect(sent[0]?.at).toBeGreaterThanOrEqual(settledAt)
    expect(sent.at(-1)?.bytes[1]).toBe(8)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'greeting' }])
    await house.request('BYE', '3 BYE')
  })

  it('is silent until it answers, whatever PRACK and UPDATE have settled before (RFC 3311 §5.2)', async () => {
    await using house = await openHouse({ line: { ringSeconds: 2 } })
    const offer = `v=0\r\no=- 1 1 IN IP4 ${CALLER}\r\ns=-\r\nc=IN IP4 ${CALLER}\r\nt=0 0\r\nm=audio 30000 RTP/AVP 8\r\n`
    const sdp = 'Content-Type: application/sdp'
    await house.invite({ sdp: null, headers: ['Require: 100rel'] })
    const rseq = house.caller.response('1 INVITE', 180)?.headers.first('RSeq')
    await house.request('PRACK', '2 PRACK', [`RAck: ${rseq} 1 INVITE`, sdp], offer)
    await house.request('UPDATE', '3 UPDATE', [sdp], offer)
    expect(house.caller.statuses('3 UPDATE')).toEqual([200])
    await house.pass(500)
    expect(house.rtp.carried.filter(({ to }) => to.address === CALLER)).toEqual([])
    await house.pass(2000)
    await house.ack()
    await house.pass(100)
    expect(house.rtp.carried.some(({ to }) => to.address === CALLER)).toBe(true)
    await house.request('BYE', '4 BYE')
  })

  it('refuses preconditions that the caller insists on, and passes over those that it merely names (RFC 3312 §11)', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite({ headers: ['Require: 100rel, precondition'] })
    expect(house.caller.statuses('1 INVITE').at(-1)).toBe(420)
    expect(house.caller.response('1 INVITE', 420)?.headers.first('Unsupported')).toBe('precondition')
  })

  it('offers too when the body is no session description for this session (RFC 3261 §20.11)', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite({ headers: ['Content-Disposition: early-session;handling=optional'] })
    const described = house.caller.response('1 INVITE', 200)?.body.toString()
    expect(described).toContain('m=audio')
    expect(described).toContain('PCMA') // an offer has all that we speak
  })

  it('refuses what it can not speak with 488, and tells him and the log why (RFC 3261 §13.3.1.3)', async () => {
    const warn = vi.fn()
    await using house = await openHouse({ log: { ...silentLog, info: () => {}, warn } as unknown as Log })
    await house.invite({
      sdp: 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n',
    })
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 488])
    expect(house.caller.response('1 INVITE', 488)?.headers.first('Warning')).toMatch(/^399 /)
    await house.pass(10)
    expect(warn).toHaveBeenCalledWith(
      expect.objectContaining({ why: 'no codec in common' }),
      expect.stringContaining('refused'),
    )
  })
})

describe('a public address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8::9', HOUSE],
  ])('%s is named to an IPv4 caller as %s', async (publicAddress, named) => {
    await using house = await openHouse({ line: { ringSeconds: 0 }, publicAddress })
    await house.invite()
    expect(house.caller.response('1 INVITE', 200)?.body.toString()).toContain(`c=IN IP4 ${named}`)
  })
})

describe('which line is called', () => {
  const two = [
    { id: 'line', name: 'home', number: '+49301234' },
    { id: 'other', name: 'office', number: '+4930999' },
  ]
  it.each([
    `sip:%2B49301234@${HOUSE};user=phone`,
    `sip:+49301234;phone-context=example.com@${HOUSE};user=phone`,
    'tel:+49-30-1234',
  ])('is read from %s', async (uri) => {
    await using house = await openHouse({ lines: two })
    await house.invite({ uri })
    expect(house.machine.liveCalls()).toMatchObject([{ lineName: 'home' }])
  })

  it('is none for a number that is no line’s: 404', async () => {
    await using house = await openHouse({ lines: two })
    await house.invite({ user: 'cellar' })
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 404])
  })
})

describe('the owner', () => {
  it('sends the caller to the machine, or away', async () => {
    await using house = await openHouse()
    await house.invite()
    const id = house.machine.liveCalls()[0]?.id ?? ''
    const act = (act: OwnerAct) => house.machine.act(id, act, 'user:ada')
    expect(await act('answer-now')).toBe('done')
    await house.pass(10)
    expect(house.caller.statuses('1 INVITE').at(-1)).toBe(200)
    await house.ack()
    expect(await act('answer-now')).toBe('over')
    expect(await act('hang-up')).toBe('done')
    await house.pass(10)
    expect(house.caller.requests('BYE').length).toBe(1)
    await house.pass(100)
    expect(outcome(house.rows)).toBe('refused')
    expect(await act('hang-up')).toBe('over')
    expect(house.audit).toMatchObject([
      { who: 'user:ada', act: 'answered-now', callId: id },
      { who: 'user:ada', act: 'hung-up', callId: id },
    ])
  })

  it('blocks a caller: 603 while it rings, and the number is written down', async () => {
    await using house = await openHouse()
    await house.invite()
    const id = house.machine.liveCalls()[0]?.id ?? ''
    expect(await house.machine.act(id, 'block', 'user:ada')).toBe('done')
    await house.pass(100)
    expect(house.caller.statuses('1 INVITE').at(-1)).toBe(603)
    expect(house.blocked).toMatchObject([{ number: '+49301234', name: 'Alice', by: 'user:ada' }])
    expect(house.audit).toMatchObject([{ act: 'blocked', callId: id }])
  })
})

describe('trouble with the database', () => {
  it('delays rows, loses none, and never holds up the call', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    house.failures.push(
      ...Array.from({ length: 6 }, () => new AnswerphoneError('AP_STORE_LOCKED', { file: 'x' })),
    )
    await house.invite()
    await house.ack()
    expect(house.machine.liveCalls()).toHaveLength(1)
    await house.pass(200)
    expect(house.machine.health().problems).toMatchObject([{ code: 'AP_STORE_LOCKED' }])
    await house.pass(GREETED_MS)
    await house.speak(2000)
    await house.bye()
    await house.pass(10_000)
    expect(house.kept).toHaveLength(1)
    expect(outcome(house.rows)).toBe('message')
    expect(house.machine.health().problems).toEqual([])
  })

  it('does not keep a call that is over among those that go on', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    await house.speak(2000)
    house.failures.push(...Array.from({ length: 20 }, () => new AnswerphoneError('AP_STORE_FULL')))
    await house.bye()
    await house.pass(20)
    expect(house.machine.liveCalls()).toEqual([])
    await house.pass(1000)
    const ended = () => house.events.filter(({ kind }) => kind === 'call-ended')
    expect(ended()).toMatchObject([{ outcome: 'message', messageId: expect.any(String), junk: false }])
    expect([house.kept, outcome(house.rows)]).toEqual([[], null])

    await house.pass(60_000)
    expect(house.kept).toHaveLength(1)
    expect(ended()).toMatchObject([{ messageId: house.kept[0]?.takeId }])
    expect(outcome(house.rows)).toBe('message')
  })
})

describe('a disk without room', () => {
  it('is told to the caller instead of a beep, and to the owner', async () => {
    await using house = await openHouse({
      line: { ringSeconds: 3 },
      space: () => ({ journalFreeBytes: 0, diskFull: true }),
    })
    await house.pass(1500)
    expect(house.machine.health().problems).toMatchObject([{ code: 'AP_JOURNAL_FULL' }])
    await house.invite()
    await house.pass(3000)
    await house.ack()
    await house.speak(8000)
    expect(house.caller.requests('BYE').length).toBeGreaterThan(0)
    expect(house.kept).toEqual([])
    await house.pass(100)
    expect(outcome(house.rows)).toBe('refused')
  })

  it('that takes not even the first packet ends the call like any other', async () => {
    await using house = await openHouse({
      line: { ringSeconds: 0 },
      startTake: ({ takeId }, _codec, onEvent) => ({
        packet: () => onEvent({ kind: 'take-started', takeId, startedAt: 0 }),
        stop: () => onEvent({ kind: 'take-lost', takeId }),
      }),
    })
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    await house.speak(100)
    await house.bye()
    await house.pass(100)
    expect(house.machine.liveCalls()).toEqual([])
    expect(outcome(house.rows)).toBe('hung-up')
  })
})

describe('the lines', () => {
  it('are right though one is changed between their first reading and the beginning of the watch', async () => {
    let readings = 0
    const home = {
      get ringSeconds() {
        return readings++ === 0 ? 18 : 5
      },
    }
    await using house = await openHouse({ lines: [home] })
    expect(house.machine.lines).toMatchObject([{ name: 'home', ringSeconds: 5 }])
  })
})

describe('draining', () => {
  it('refuses new calls with 503 and waits for the message that is being left', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    await house.speak(1500)
    let drained = false
    const draining = house.machine.drain(60_000).then(() => {
      drained = true
    })
    await house.speak(500)
    expect(drained).toBe(false)
    await house.bye()
    await house.pass(200)
    await draining
    expect(house.kept).toHaveLength(1)
  })
})
