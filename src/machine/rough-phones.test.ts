import { describe, expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { CALLER, HOUSE, type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { memoryWire } from '../../test/helpers/memory-wire.ts'
import { answers, refuses, rings, scriptedPhone } from '../../test/helpers/scripted-phone.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { statusOf } from '../../test/helpers/sip-wire.ts'

const DESK = '192.0.2.11'
const SOFA = '192.0.2.12'
const ATTIC = '192.0.2.13'
const PHONES = [{ name: 'desk' }, { name: 'sofa' }, { name: 'attic' }]

const open = (options: Parameters<typeof openHouse>[0] = {}) => openHouse({ phones: PHONES, ...options })
const hearsFrom = (house: InMemoryHouse, since: number) =>
  house.rtp.carried
    .filter(({ from, to, at }) => from.address === HOUSE && to.address === CALLER && at >= since)
    .map(({ bytes }) => bytes[100])
const statusLines = (heard: readonly string[]) =>
  heard.filter((text) => text.startsWith('NOTIFY')).map((text) => text.split('\r\n\r\n')[1]?.trim())
const replacing = (dialog: { callId: string; localTag: string; remoteTag: string | undefined }) =>
  encodeURIComponent(`${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`)

describe('an attended transfer (RFC 5589 §7)', () => {
  it('tells the phone that it went well before its call ends', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers() })
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: refuses(486) })
    await house.invite()
    await house.pass(100)
    await house.ack()
    sofa.onCall = answers()
    const asking = desk.call(`sip:sofa@${HOUSE}`)
    await house.pass(100)
    void desk.calls[0]?.refer(`<sip:sofa@${HOUSE}?Replaces=${replacing(asking.dialogId)}>`)
    await house.pass(200)
    expect(sofa.calls.at(-1)?.state).toBe('talking')
    expect(statusLines(desk.calls[0]?.heard ?? []).at(-1)).toBe('SIP/2.0 200 OK')
    expect(desk.calls[0]?.state).toBe('over')
  })

  it.each([1, 2, 3])('may be asked for in the other call: %s media threads', async (mediaThreads) => {
    await using house = await open({ mediaThreads })
    await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: answers() })
    const before = desk.call(`sip:sofa@${HOUSE}`)
    await house.pass(100)
    sofa.onCall = (call) => {
      if (!call.invite.includes('\r\nReplaces: ')) return call.ring()
      call.answer()
      call.after(20, () => sofa.calls[0]?.hangUp())
    }
    await house.invite()
    await house.pass(100)
    const caller = desk.calls.at(-1)
    caller?.answer()
    await house.pass(50)
    await house.ack()
    const dialog = caller?.dialogId ?? before.dialogId
    void before.refer(`<sip:+49301234@${HOUSE}?Replaces=${replacing(dialog)}>`)
    await house.pass(300)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected', pickedUpBy: 'sofa' }])
    expect(statusLines(before.heard).at(-1)).toBe('SIP/2.0 200 OK')
    expect([before.state, caller?.state]).toEqual(['over', 'over'])
    const since = house.clock.monotonic()
    await sofa.speak(500, 0x32)
    expect(hearsFrom(house, since + 60)).toContain(0x32)
    await house.bye()
    await house.pass(40_000)
    expect(house.endpoint.size).toEqual({ dialogs: 0, transactions: 0 })
    expect(house.machine.phonesInUse.houseCalls).toBe(0)
  })

  it.each([1, 2, 3])(
    'to whom she talked with before the caller came: %s media threads',
    async (mediaThreads) => {
      await using house = await open({ mediaThreads })
      await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
      await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: answers() })
      const before = desk.call(`sip:sofa@${HOUSE}`)
      await house.pass(100)
      expect(before.state).toBe('talking')
      // A phone that understands Replaces takes the new call in place of the old.
      sofa.onCall = (call) => {
        if (!call.invite.includes('\r\nReplaces: ')) return call.ring()
        call.answer()
        sofa.calls[0]?.hangUp()
      }
      await house.invite()
      await house.pass(100)
      const caller = desk.calls.at(-1)
      caller?.answer()
      await house.pass(50)
      await house.ack()
      const answered = caller?.refer(`<sip:sofa@${HOUSE}?Replaces=${replacing(before.dialogId)}>`)
      await house.pass(300)
      expect(await answered).toMatch(/^SIP\/2.0 202/)
      expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected', pickedUpBy: 'sofa' }])
      expect([before.state, caller?.state]).toEqual(['over', 'over'])
      const since = house.clock.monotonic()
      await sofa.speak(500, 0x32)
      expect(hearsFrom(house, since + 60)).toContain(0x32)
      expect(house.caller.requests('INVITE')).toEqual([])
    },
  )
})

describe('a blind transfer (RFC 5589 §5)', () => {
  it('may ring its full time though one before it was declined', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers() })
    await using _sofa = await openPhone(house, 'sofa', SOFA, { onCall: refuses(486) })
    await using attic = await openPhone(house, 'attic', ATTIC, { onCall: refuses(486) })
    await house.invite()
    await house.pass(100)
    await house.ack()
    void desk.calls[0]?.refer(`<sip:sofa@${HOUSE}>`)
    await house.pass(25_000)
    attic.onCall = rings
    void desk.calls[0]?.refer(`<sip:attic@${HOUSE}>`)
    await Promise.all([house.speak(10_000), desk.speak(10_000, 0x31)])
    expect(attic.calls.at(-1)?.state).toBe('ringing')
  })

  it('to a phone in two places, both of which answer, leaves the caller with the first', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers() })
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: refuses(486) })
    await using other = await openPhone(house, 'sofa', ATTIC, {
      onCall: refuses(486),
      random: seededRandom(5),
    })
    await house.invite()
    await house.pass(100)
    await house.ack()
    sofa.onCall = other.onCall = answers(1000)
    void desk.calls[0]?.refer(`<sip:sofa@${HOUSE}>`)
    await house.pass(2000)
    const states = [sofa, other].map(({ calls }) => calls.at(-1)?.state)
    expect(states).toEqual(['talking', 'over'])
  })
})

describe('a phone that registers while it rings', () => {
  it('again, after it has declined, is left alone', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: refuses(486) })
    await house.invite()
    await house.pass(1000)
    void desk.register()
    await house.pass(1000)
    expect(desk.calls).toHaveLength(1)
  })

  it('in another place rings there, too', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
    await house.invite()
    await house.pass(1000)
    await using mobile = await openPhone(house, 'desk', SOFA, { onCall: answers(), random: seededRandom(5) })
    await house.pass(100)
    expect(mobile.calls[0]?.state).toBe('talking')
    expect(desk.calls).toHaveLength(1)
  })

  it('after it was switched off and on again rings again', async () => {
    await using house = await open()
    const desk = await openPhone(house, 'desk', DESK, { onCall: rings })
    await house.invite()
    await house.pass(1000)
    await desk[Symbol.asyncDispose]()
    await using again = await openPhone(house, 'desk', DESK, {
      onCall: answers(),
      random: seededRandom(5),
      rtpPort: 40_002,
    })
    await house.pass(100)
    expect(again.calls[0]?.state).toBe('talking')
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180, 200])
  })
})

describe('a call of the house', () => {
  it('does not ring for ever, though who called is gone without a word', async () => {
    await using house = await open()
    const desk = await openPhone(house, 'desk', DESK)
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: rings })
    desk.call(`sip:sofa@${HOUSE}`)
    await house.pass(100)
    await desk[Symbol.asyncDispose]()
    await house.pass(200_000)
    expect(sofa.calls[0]?.state).toBe('over')
    expect(house.machine.phonesInUse.houseCalls).toBe(0)
    expect(house.endpoint.size.dialogs).toBe(0)
  })

  it('is one of a few of the same phone: a flood takes no place from callers', async () => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK)
    await using _sofa = await openPhone(house, 'sofa', SOFA, { onCall: rings })
    const calls = Array.from({ length: 100 }, () => desk.call(`sip:sofa@${HOUSE}`))
    await house.pass(1000)
    expect(calls.filter(({ status }) => status === 486).length).toBeGreaterThan(80)
    await house.invite()
    await house.pass(100)
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180])
    for (const call of calls) call.hangUp()
    await house.pass(1000)
    const again = desk.call(`sip:sofa@${HOUSE}`)
    await house.pass(100)
    expect(again.state).toBe('ringing')
  })
})

describe('a phone on hold', () => {
  it.each(['sendonly', 'inactive'] as const)('by %s may be silent for as long as it likes', async (hold) => {
    await using house = await open()
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers() })
    await house.invite()
    await house.pass(100)
    await house.ack()
    await desk.speak(1000, 0x31)
    void desk.calls[0]?.reInvite(hold)
    await house.speak(60_000)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected' }])
    void desk.calls[0]?.reInvite('sendrecv')
    await house.pass(50)
    const since = house.clock.monotonic()
    await desk.speak(500, 0x31)
    expect(hearsFrom(house, since + 60)).toContain(0x31)
    expect(house.caller.requests('INVITE')).toEqual([])
  })
})

it('neither rings nor lets listen a phone that is no longer known', async () => {
  const phones = PHONES.map(({ name }) => ({ name, password: name }))
  await using house = await openHouse({ phones, line: { ringSeconds: 0 } })
  await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: rings })
  await using attic = await openPhone(house, 'attic', ATTIC)
  await house.invite()
  await house.ack()
  const listening = attic.call(`sip:*1@${HOUSE}`)
  await house.pass(100)
  const [live] = house.machine.liveCalls()
  await house.machine.act(live?.id ?? '', 'listen', 'user:ada', { phone: 'sofa' })
  await house.pass(100)
  expect([listening.state, sofa.calls[0]?.state]).toEqual(['talking', 'ringing'])
  for (const phone of phones) phone.password = 'another'
  house.changed('phones')
  await house.pass(100)
  expect([listening.state, sofa.calls[0]?.state]).toEqual(['over', 'over'])
  expect(house.machine.liveCalls()).toMatchObject([{ listeners: [], ringing: [] }])
})

it('does not cut off who talks when her phone gets another password', async () => {
  const phones = PHONES.map(({ name }) => ({ name, password: name }))
  await using house = await openHouse({ phones })
  await using desk = await openPhone(house, 'desk', DESK, { onCall: answers() })
  await house.invite()
  await house.pass(100)
  await house.ack()
  for (const phone of phones) phone.password = 'another'
  house.changed('phones')
  await house.pass(1000)
  expect(desk.calls[0]?.state).toBe('talking')
})

it('takes calls from a box that is a trunk and a phone in one', async () => {
  await using house = await open({ line: { trunk: [`${DESK}/32`] } })
  const wire = memoryWire(house.network, { address: DESK, to: { host: HOUSE, port: 5060 } })
  await using box = scriptedPhone({
    wire,
    clock: house.clock,
    random: seededRandom(3),
    user: 'desk',
    password: 'desk',
    domain: HOUSE,
  })
  void box.register()
  await house.pass(50)
  const invite = (from: string) =>
    wire.send(
      [
        `INVITE sip:home@${HOUSE} SIP/2.0`,
        `Via: SIP/2.0/UDP ${DESK};branch=z9hG4bK-${from}`,
        'Max-Forwards: 70',
        `From: <sip:${from}@${DESK}>;tag=${from}`,
        `To: <sip:home@${HOUSE}>`,
        `Call-ID: ${from}`,
        'CSeq: 1 INVITE',
        `Contact: <sip:${DESK}>`,
        'Content-Length: 0\r\n\r\n',
      ].join('\r\n'),
    )
  invite('+4930111')
  invite('desk')
  await house.pass(100)
  const statuses = (callId: string) =>
    box.heard.filter(({ text }) => text.includes(`Call-ID: ${callId}\r\n`)).map(({ text }) => statusOf(text))
  expect(statuses('+4930111')).toEqual([100, 180])
  expect(statuses('desk')).toEqual([401])
})

it('takes the call by the key of a line though a phone has the same name, and else calls the phone', async () => {
  await using house = await open({ phones: [...PHONES, { name: 'home' }] })
  await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
  await using namesake = await openPhone(house, 'home', SOFA, { onCall: rings })
  const calling = desk.call(`sip:home@${HOUSE}`)
  await house.pass(100)
  expect(calling.state).toBe('ringing')
  calling.hangUp()
  await house.pass(100)
  await house.invite()
  await house.pass(20)
  const key = desk.call(`sip:home@${HOUSE}`)
  await house.pass(100)
  expect(key.state).toBe('talking')
  expect(namesake.calls.map(({ state }) => state)).toEqual(['over', 'over'])
})
