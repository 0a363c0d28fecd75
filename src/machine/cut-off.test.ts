import { describe, expect, it } from 'vitest'
import { connectSound, openHousePage } from '../../test/helpers/house-page.ts'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { HOUSE, type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { answers, rings, scriptedPhone } from '../../test/helpers/scripted-phone.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { statusOf } from '../../test/helpers/sip-wire.ts'

/** Browsers check their way every few seconds; past this, one without a socket is gone. */
const SIGN_WITHIN_MS = 8000

const nothingLeft = (house: InMemoryHouse) => {
  expect(house.machine.liveCalls()).toEqual([])
  expect(house.endpoint.size.dialogs).toBe(0)
}

describe('a page whose WebSocket is closed (RFC 7118)', () => {
  it('rings no more, and rings anew where it comes back before the machine answers', async () => {
    await using house = await openHouse()
    const gone = await openHousePage(house, { onCall: rings, browser: true })
    await gone.register()
    await house.invite()
    await house.pass(500)
    expect(house.machine.liveCalls()).toMatchObject([{ ringing: ['page-ada'] }])
    gone.wire.browser.leave()
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'ringing', ringing: [] }])
    await house.pass(800)
    const back = await openHousePage(house, { onCall: rings, browser: true })
    await back.register()
    await house.pass(100)
    expect(house.machine.liveCalls()).toMatchObject([{ ringing: ['page-ada'] }])
    expect(back.phone.calls).toHaveLength(1)
    await house.cancel()
    await house.pass(100)
    nothingLeft(house)
  })

  it('lets nothing ring on that it has called itself', async () => {
    await using house = await openHouse({ phones: [{ name: 'desk' }] })
    await using desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: rings })
    const page = await openHousePage(house, { browser: true })
    page.phone.call(`sip:desk@${HOUSE}`)
    await house.pass(500)
    expect(desk.calls[0]?.state).toBe('ringing')
    page.wire.browser.leave()
    await house.pass(500)
    expect(desk.calls[0]?.state).toBe('over')
    expect(house.machine.phonesInUse.houseCalls).toBe(0)
  })

  it('tells who calls it that nobody is there', async () => {
    await using house = await openHouse({ phones: [{ name: 'desk' }] })
    await using desk = await openPhone(house, 'desk', '192.0.2.11')
    const page = await openHousePage(house, { onCall: rings, browser: true })
    await page.register()
    const call = desk.call(`sip:page-ada@${HOUSE}`)
    await house.pass(500)
    page.wire.browser.leave()
    await house.pass(100)
    expect(call.status).toBe(480)
  })

  /** A page that hears a message being left. */
  async function listening(house: InMemoryHouse) {
    const page = await openHousePage(house, { browser: true })
    await house.invite()
    await house.ack()
    const call = page.phone.call(`sip:*1@${HOUSE}`, { direction: 'recvonly' })
    await house.pass(100)
    const answer = call.heard.findLast((text) => statusOf(text) === 200) ?? ''
    return { ...page, sound: await connectSound(house, call, answer) }
  }
  const listeners = (house: InMemoryHouse) =>
    house.machine.liveCalls().flatMap(({ listeners }) => listeners.map(({ phone }) => phone))

  it('listens on as long as its browser gives signs, and no longer', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    const { wire, sound } = await listening(house)
    await house.pass(10_000)
    expect(listeners(house), 'RFC 7675 gives it 30 s while it has a socket').toEqual(['page-ada'])
    sound.check()
    await house.pass(100)
    wire.browser.leave()
    for (let second = 0; second < 10; second += 5) {
      await house.pass(5000)
      sound.check()
    }
    expect(listeners(house)).toEqual(['page-ada'])
    await house.pass(SIGN_WITHIN_MS - 200)
    expect(listeners(house)).toEqual(['page-ada'])
    await house.pass(400)
    expect(listeners(house)).toEqual([])
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'recording' }])
    await house.bye()
    await house.pass(100)
    nothingLeft(house)
  })

  it('ends the conversation with a caller when it gives no sign any more', async () => {
    await using house = await openHouse()
    const { phone, wire, register } = await openHousePage(house, { onCall: answers(500), browser: true })
    await register()
    await house.invite()
    await house.pass(700)
    await house.ack()
    await connectSound(house, phone.calls[0], phone.calls[0]?.invite ?? '')
    wire.browser.leave()
    await house.pass(SIGN_WITHIN_MS - 500)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected' }])
    await house.pass(1000)
    expect(house.caller.requests('BYE')).not.toEqual([])
    expect(house.machine.liveCalls()).toEqual([])
  })
})

describe('a test call whose WebSocket is closed', () => {
  function openTestCall(house: InMemoryHouse) {
    const { testCalls, lines } = house.machine
    testCalls.invite('hash', {
      lineId: lines[0]?.id ?? '',
      lineName: 'home',
      expiresAt: house.clock.now() + 1,
    })
    const wire = house.browser(testCalls.enter('hash') ?? '')
    const phone = scriptedPhone({
      ...{ wire, clock: house.clock, random: seededRandom(5), user: 'friend', domain: HOUSE },
      ...{ believes: 'df7jal23ls0d.invalid', browser: true },
    })
    return { wire, call: phone.call(`sip:home@${HOUSE}`) }
  }

  it('ends while it rings, and the phones with it', async () => {
    await using house = await openHouse({ phones: [{ name: 'desk' }] })
    await using desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: rings })
    const { wire } = openTestCall(house)
    await house.pass(500)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'ringing', ringing: ['desk'] }])
    wire.browser.leave()
    await house.pass(500)
    expect(desk.calls[0]?.state).toBe('over')
    nothingLeft(house)
  })

  it('ends soon after its caller gave the last sign', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    const { wire, call } = openTestCall(house)
    await house.pass(100)
    const answer = call.heard.findLast((text) => statusOf(text) === 200) ?? ''
    await connectSound(house, call, answer)
    await house.pass(1000)
    expect(house.machine.liveCalls()).toHaveLength(1)
    wire.browser.leave()
    await house.pass(SIGN_WITHIN_MS + 500)
    nothingLeft(house)
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'failed' }])
  })

  it('ends as soon whose sound never came', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    const { wire } = openTestCall(house)
    await house.pass(100)
    wire.browser.leave()
    await house.pass(SIGN_WITHIN_MS + 500)
    nothingLeft(house)
  })
})
