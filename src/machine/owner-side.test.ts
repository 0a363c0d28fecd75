import { describe, expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { CALLER, HOUSE, type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { answers, refuses, rings } from '../../test/helpers/scripted-phone.ts'

/** Greeting (3.3 s) and beep (0.3 s), with a little to spare. */
const GREETED_MS = 3800
const DESK = '192.0.2.11'
const SOFA = '192.0.2.12'
const ATTIC = '192.0.2.13'
const PHONES = [{ name: 'desk' }, { name: 'sofa' }, { name: 'attic' }]

const open = (options: Parameters<typeof openHouse>[0] = {}) => openHouse({ phones: PHONES, ...options })
const callerHears = (house: InMemoryHouse, since = 0) =>
  house.rtp.carried
    .filter(({ from, to, at }) => from.address === HOUSE && to.address === CALLER && at >= since)
    .filter(({ to }) => to.port === 30_000)
const outcome = (house: InMemoryHouse) => [...house.rows.values()][0]?.outcome
const audit = (house: InMemoryHouse) => house.audit.map(({ who, act }) => `${who} ${act}`)

/** The caller's stream is one: same SSRC, gapless, every 20 ms. */
function expectOneStream(house: InMemoryHouse): void {
  const sent = callerHears(house)
  for (const [index, { bytes, at }] of sent.entries()) {
    expect(bytes.readUInt32BE(8)).toBe(sent[0]?.bytes.readUInt32BE(8))
    expect(bytes.readUInt16BE(2)).toBe(((sent[0]?.bytes.readUInt16BE(2) ?? 0) + index) & 0xffff)
    expect(bytes.readUInt32BE(4)).toBe(((sent[0]?.bytes.readUInt32BE(4) ?? 0) + index * 160) >>> 0)
    expect(at - (sent[0]?.at ?? 0)).toBeCloseTo(index * 20, 6)
  }
}

describe('phones ring', () => {
  it('wherever they are registered, and the first to answer has the caller', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers(4000) })
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: rings })
    await house.invite()
    await house.pass(1000)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'ringing', ringing: ['desk', 'sofa'] }])
    expect(desk.calls[0]?.invite).toContain('From: "Alice" <sip:+49301234@192.0.2.2>')
    await house.pass(3100)
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180, 200])
    await house.ack()
    expect(desk.calls[0]?.state).toBe('talking')
    expect(sofa.calls[0]?.endedBy).toContain('Call completed elsewhere')
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected', pickedUpBy: 'desk', ringing: [] }])
    const since = house.clock.monotonic()
    await Promise.all([desk.speak(1000, 0x31), house.speak(1000)])
    expect(callerHears(house, since + 60).map(({ bytes }) => bytes[100])).toContain(0x31)
    expect(desk.sounds).toContain('55')
    await house.bye()
    await house.pass(200)
    expect(desk.calls[0]?.endedBy).toMatch(/^BYE/)
    expect(outcome(house)).toBe('picked-up')
    expect(audit(house)).toEqual(['phone:desk picked-up'])
    expect(house.caller.requests('INVITE')).toEqual([])
    expectOneStream(house)
  })

  it('and what they refuse changes nothing for the caller', async () => {
    await using house = await open({ line: { ringSeconds: 10 } })
    await using _desk = await openPhone(house, 'desk', DESK, { onCall: refuses(486) })
    await using _sofa = await openPhone(house, 'sofa', SOFA, { onCall: refuses(603, 500) })
    await house.invite()
    await house.pass(9990)
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180])
    await house.pass(20)
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180, 200])
  })

  it('until the machine answers: a missed call, and no "elsewhere"', async () => {
    await using house = await open({ line: { ringSeconds: 3 } })
    await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
    await house.invite()
    await house.pass(3100)
    expect(desk.calls[0]?.endedBy).toMatch(/^CANCEL/)
    expect(desk.calls[0]?.endedBy).not.toContain('elsewhere')
  })

  it('also one that is switched on in the middle', async () => {
    await using house = await open()
    await house.invite()
    await house.pass(2000)
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers() })
    await house.pass(100)
    expect(desk.calls[0]?.state).toBe('talking')
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180, 200])
  })

  it('and one of two that answer in the same moment wins', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers(1000) })
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: answers(1000) })
    await house.invite()
    await house.pass(1200)
    const states = [desk.calls[0], sofa.calls[0]].map((call) => call?.state).sort()
    expect(states).toEqual(['over', 'talking'])
  })
})

describe('picking up', () => {
  it('by the feature code in the middle of the message keeps what was said, and records no more', async () => {
    await using house = await open({ line: { ringSeconds: 0 } })
    await using desk = await openPhone(house, 'desk', DESK)
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    await house.speak(2000)
    const call = desk.call(`sip:*8@${HOUSE}`)
    await house.pass(50)
    expect(call.state).toBe('talking')
    await house.speak(1000)
    await house.bye()
    await house.pass(100)
    expect(house.kept).toMatchObject([{ durationMs: 2000 }])
    expect(call.state).toBe('over')
    expectOneStream(house)
  })

  it('by Replaces on the dialog that a lamp shows (RFC 3891), while it rings and early-only too', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK)
    await house.invite()
    const tag = /tag=([^;>]+)/.exec(house.caller.response('1 INVITE', 180)?.headers.first('To') ?? '')?.[1]
    const call = desk.call(`sip:home@${HOUSE}`, {
      headers: [`Replaces: scripted@192.0.2.1;to-tag=${tag};from-tag=alice;early-only`],
    })
    await house.pass(50)
    expect(call.state).toBe('talking')
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180, 200])
  })

  it('by Replaces with tags that nobody has is answered alike whatever there is (RFC 3891 §3)', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK)
    await house.invite()
    const call = desk.call(`sip:home@${HOUSE}`, {
      headers: ['Replaces: scripted@192.0.2.1;to-tag=x;from-tag=alice'],
    })
    await house.pass(50)
    expect(call.status).toBe(481)
  })

  it('by the key with the line’s lamp', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK)
    await house.invite()
    const call = desk.call(`sip:home@${HOUSE}`)
    await house.pass(50)
    expect(call.state).toBe('talking')
  })

  it('of two who ask in the same moment gives the caller to one, and tells the other', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK)
    await using sofa = await openPhone(house, 'sofa', SOFA)
    await house.invite()
    const calls = [desk.call(`sip:*8@${HOUSE}`), sofa.call(`sip:*8@${HOUSE}`)]
    await house.pass(100)
    expect(calls.map(({ status }) => status).sort()).toEqual([200, 486])
  })

  it('is 480 when there is nothing to pick up', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK)
    const call = desk.call(`sip:*8@${HOUSE}`)
    await house.pass(50)
    expect(call.status).toBe(480)
  })

  it('in the page rings a phone that answers by itself', async () => {
    await using house = await open({ line: { ringSeconds: 0 } })
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers() })
    await house.invite()
    await house.ack()
    await house.pass(500)
    const [live] = house.machine.liveCalls()
    expect(await house.machine.act(live?.id ?? '', 'pick-up', 'user:ada', { phone: 'attic' })).toBe(
      'phone-offline',
    )
    expect(await house.machine.act(live?.id ?? '', 'pick-up', 'user:ada', { phone: 'moon' })).toBe(
      'phone-unknown',
    )
    expect(await house.machine.act(live?.id ?? '', 'pick-up', 'user:ada', { phone: 'desk' })).toBe('done')
    await house.pass(50)
    expect(desk.calls[0]?.invite).toContain('Answer-Mode: Auto')
    expect(desk.calls[0]?.state).toBe('talking')
    expect(await house.machine.act(live?.id ?? '', 'pick-up', 'user:ada', { phone: 'desk' })).toBe('taken')
    expect(audit(house)).toEqual(['user:ada picked-up'])
  })

  it('in the page without naming a phone rings them all, and none answers by itself', async () => {
    await using house = await open({ line: { ringSeconds: 0 } })
    await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: answers(1000) })
    await house.invite()
    await house.ack()
    await house.pass(500)
    const [live] = house.machine.liveCalls()
    expect(await house.machine.act(live?.id ?? '', 'pick-up', 'user:ada')).toBe('done')
    await house.pass(1100)
    expect(sofa.calls[0]?.invite).not.toContain('Answer-Mode')
    expect([desk, sofa].map(({ calls }) => calls[0]?.state)).toEqual(['over', 'talking'])
  })

  it('and recording what is said then is an act, with a beep', async () => {
    await using house = await open({ line: { ringSeconds: 0 } })
    await using desk = await openPhone(house, 'desk', DESK)
    await house.invite()
    await house.ack()
    desk.call(`sip:*8@${HOUSE}`)
    await house.pass(100)
    const [live] = house.machine.liveCalls()
    const since = house.clock.monotonic()
    expect(await house.machine.act(live?.id ?? '', 'record', 'user:ada', { on: true })).toBe('done')
    await Promise.all([house.speak(2000), desk.speak(2000, 0x31)])
    const beep = callerHears(house, since).slice(1, 10)
    expect(beep.every(({ bytes }) => new Set(bytes.subarray(12)).size > 1)).toBe(true)
    expect(callerHears(house, since + 500).map(({ bytes }) => bytes[100])).toContain(0x31)
    expect(house.machine.liveCalls()).toMatchObject([{ recording: true }])
    await house.bye()
    await house.pass(100)
    expect(house.kept).toMatchObject([{ meta: { kind: 'conversation' } }])
  })
})

describe('listening in', () => {
  it('by the feature code hears the caller; leaving changes nothing, and 8 picks up', async () => {
    await using house = await open({ line: { ringSeconds: 0 } })
    await using desk = await openPhone(house, 'desk', DESK)
    await using sofa = await openPhone(house, 'sofa', SOFA)
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    const call = desk.call(`sip:*1@${HOUSE}`)
    const other = sofa.call(`sip:*1home@${HOUSE}`)
    await house.pass(50)
    expect(house.machine.liveCalls()).toMatchObject([{ listeners: [{ phone: 'desk' }, { phone: 'sofa' }] }])
    const since = house.clock.monotonic()
    await Promise.all([house.speak(1000), desk.speak(1000, 0x31)])
    expect(desk.sounds).toContain('55')
    expect(sofa.sounds).toContain('55')
    expect(callerHears(house, since).map(({ bytes }) => bytes[100])).not.toContain(0x31)
    other.hangUp()
    await house.pass(50)
    void call.request('INFO', {
      contentType: 'application/dtmf-relay',
      body: 'Signal=8\r\nDuration=160\r\n',
    })
    await house.pass(50)
    expect(house.machine.liveCalls()).toMatchObject([
      { phase: 'connected', pickedUpBy: 'desk', listeners: [] },
    ])
    expect(audit(house)).toEqual(['phone:desk listened-in', 'phone:sofa listened-in', 'phone:desk picked-up'])
    await house.bye()
    await house.pass(100)
    expectOneStream(house)
  })

  it('by Join on the dialog that a lamp shows (RFC 3911)', async () => {
    await using house = await open({ line: { ringSeconds: 0 } })
    await using desk = await openPhone(house, 'desk', DESK)
    await house.invite()
    await house.ack()
    const tag = /tag=([^;>]+)/.exec(house.caller.response('1 INVITE', 200)?.headers.first('To') ?? '')?.[1]
    const call = desk.call(`sip:home@${HOUSE}`, {
      headers: [`Join: scripted@192.0.2.1;to-tag=${tag};from-tag=alice`],
    })
    await house.pass(50)
    expect(call.state).toBe('talking')
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'greeting', listeners: [{ phone: 'desk' }] }])
  })

  it('is what a speaker does by itself as soon as the machine answers', async () => {
    await using house = await open({
      line: { ringSeconds: 2 },
      phones: [{ name: 'desk', speaker: true, speakerGainDb: -6 }],
    })
    await using desk = await openPhone(house, 'desk', DESK, {
      onCall: (call) => (call.invite.includes('Answer-Mode: Auto') ? call.answer() : call.ring()),
    })
    await house.invite()
    await house.pass(2050)
    await house.ack()
    expect(desk.calls.map(({ state }) => state)).toEqual(['over', 'talking'])
    await house.pass(GREETED_MS)
    await house.speak(500)
    expect(new Set(desk.sounds.slice(-10)).size).toBe(1)
    expect(desk.sounds.at(-1)).not.toBe('55')
    await house.bye()
    await house.pass(100)
    expect(desk.calls[1]?.state).toBe('over')
  })
})

describe('calls of the house', () => {
  it('go from phone to phone, both ways', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK)
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: answers(500) })
    const call = desk.call(`sip:sofa@${HOUSE}`)
    await house.pass(600)
    expect(call.statuses).toEqual([401, 100, 180, 200])
    expect(call.state).toBe('talking')
    await Promise.all([desk.speak(500, 0x31), sofa.speak(500, 0x32)])
    expect(desk.sounds).toContain('32')
    expect(sofa.sounds).toContain('31')
    call.hangUp()
    await house.pass(100)
    expect(sofa.calls[0]?.state).toBe('over')
  })

  it('do not go outside, but through a line that lets them', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK)
    const call = desk.call(`sip:+49301234567@${HOUSE}`)
    await house.pass(50)
    expect(call.status).toBe(403)
    const nowhere = desk.call(`sip:nobody@${HOUSE}`)
    await house.pass(50)
    expect(nowhere.status).toBe(404)
  })

  it('need the right password: a wrong one and an unknown phone are answered alike', async () => {
    await using house = await open()
    await using wrong = await openPhone(house, 'desk', DESK, { password: 'guess', register: false })
    await using unknown = await openPhone(house, 'nobody', SOFA, { password: 'guess', register: false })
    const calls = [wrong.call(`sip:sofa@${HOUSE}`), unknown.call(`sip:sofa@${HOUSE}`)]
    await house.pass(50)
    expect(calls.map(({ status }) => status)).toEqual([401, 401])
  })
})

describe('a transfer', () => {
  it('sends the caller to another phone (RFC 5589 §5)', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers() })
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: refuses(486) })
    await house.invite()
    await house.pass(100)
    await house.ack()
    sofa.onCall = answers(1000)
    const accepted = desk.calls[0]?.refer(`<sip:sofa@${HOUSE}>`)
    await house.pass(1200)
    expect(await accepted).toMatch(/^SIP\/2.0 202/)
    expect(sofa.calls.at(-1)?.state).toBe('talking')
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected', pickedUpBy: 'sofa' }])
    expect(desk.calls[0]?.state).toBe('over')
    const since = house.clock.monotonic()
    await sofa.speak(500, 0x32)
    expect(callerHears(house, since + 60).map(({ bytes }) => bytes[100])).toContain(0x32)
    expect(audit(house)).toEqual(['phone:desk picked-up', 'phone:sofa transferred'])
  })

  it('connects the caller with whom she asked back (RFC 5589 §7)', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers() })
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: refuses(486) })
    await house.invite()
    await house.pass(100)
    await house.ack()
    sofa.onCall = answers()
    void desk.calls[0]?.reInvite('sendonly')
    await house.pass(50)
    const asking = desk.call(`sip:sofa@${HOUSE}`)
    await house.pass(100)
    expect(asking.state).toBe('talking')
    const { callId, localTag, remoteTag } = asking.dialogId
    const replaces = encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`)
    desk.calls[0]?.refer(`<sip:sofa@${HOUSE}?Replaces=${replaces}>`)
    await house.pass(200)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected', pickedUpBy: 'sofa' }])
    expect(asking.state).toBe('over')
    expect(desk.calls[0]?.state).toBe('over')
    const since = house.clock.monotonic()
    await sofa.speak(500, 0x32)
    expect(callerHears(house, since + 60).map(({ bytes }) => bytes[100])).toContain(0x32)
  })
})

it('leaves nothing behind: no dialog, no transaction, no socket', async () => {
  await using house = await open({ line: { ringSeconds: 2 } })
  await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
  await using attic = await openPhone(house, 'attic', ATTIC)
  await house.invite()
  await house.pass(2100)
  await house.ack()
  attic.call(`sip:*1@${HOUSE}`)
  await house.pass(1000)
  desk.call(`sip:*8@${HOUSE}`)
  await house.pass(1000)
  await house.bye()
  await house.pass(100_000)
  expect(house.machine.liveCalls()).toEqual([])
  expect(house.endpoint.size).toEqual({ dialogs: 0, transactions: 0 })
  expect(house.rtp.openSockets).toBe(3)
})
