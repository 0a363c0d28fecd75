import { describe, expect, it } from 'vitest'
import { type HousePhone, openPhone } from '../../../test/helpers/house-phone.ts'
import { CALLER, HOUSE, type InMemoryHouse, openHouse } from '../../../test/helpers/in-memory-house.ts'
import { rings } from '../../../test/helpers/scripted-phone.ts'

/** Greeting and beep, with a little to spare. */
const GREETED_MS = 3800

const callerHears = (house: InMemoryHouse, since: number) =>
  house.rtp.carried
    .filter(({ from, to, at }) => from.address === HOUSE && to.address === CALLER && at >= since)
    .map(({ bytes }) => bytes[100])

/** A phone in the menu, while a caller leaves a message. */
async function openScene(mediaThreads: number) {
  const house = await openHouse({ phones: [{ name: 'desk' }], line: { ringSeconds: 1 }, mediaThreads })
  const desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: rings })
  // So that the two are on different threads, where there are several.
  const call = desk.call(`sip:*98@${HOUSE}`)
  await house.pass(1500)
  await house.invite()
  await house.pass(1100)
  await house.ack()
  await house.pass(GREETED_MS)
  const press = async (key: string) => {
    void call.request('INFO', { contentType: 'application/dtmf-relay', body: `Signal=${key}\r\n` })
    await house.pass(200)
  }
  return { house, desk, call, press }
}

const heardBy = async (desk: HousePhone, during: () => Promise<unknown>) => {
  const before = desk.sounds.length
  await during()
  return desk.sounds.slice(before)
}

describe('a call that goes on, from the menu', () => {
  it.each([1, 2, 3])('is heard, and picked up: %s media threads', async (threads) => {
    const { house, desk, call, press } = await openScene(threads)
    await using _house = house
    await using _desk = desk
    expect(await heardBy(desk, () => house.speak(200))).not.toContain('55')
    const quiet = house.clock.monotonic()
    await press('4')
    expect(house.machine.liveCalls()).toMatchObject([
      { phase: 'recording', listeners: [{ phone: 'desk' }], pickedUpBy: null },
    ])
    await house.pass(6000) // the choices, if they were there
    expect(await heardBy(desk, () => house.speak(500))).toContain('55')
    await desk.speak(300, 0x31)
    expect(callerHears(house, quiet)).not.toContain(0x31)

    await press('1')
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected', pickedUpBy: 'desk' }])
    const since = house.clock.monotonic()
    await Promise.all([desk.speak(500, 0x31), house.speak(500)])
    expect(callerHears(house, since + 100)).toContain(0x31)
    expect(house.audit.map(({ who, act }) => `${who} ${act}`)).toEqual([
      'phone:desk listened-in',
      'phone:desk picked-up',
    ])
    // The caller goes: the menu goes on.
    await house.bye()
    await house.pass(500)
    expect(call.state).toBe('talking')
    expect([...house.rows.values()][0]).toMatchObject({ outcome: 'picked-up' })
    await press('*')
    await house.pass(100)
    call.hangUp()
    await house.pass(40_000)
    expect(house.endpoint.size).toEqual({ dialogs: 0, transactions: 0 })
    expect(house.machine.phonesInUse.houseCalls).toBe(0)
  })

  it('is left by *, and by hanging up, and goes on', async () => {
    const { house, desk, call, press } = await openScene(2)
    await using _house = house
    await using _desk = desk
    await press('4')
    await press('*')
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'recording', listeners: [] }])
    expect(await heardBy(desk, () => house.speak(200))).not.toContain('55')
    await press('4')
    expect(house.machine.liveCalls()).toMatchObject([{ listeners: [{ phone: 'desk' }] }])
    call.hangUp()
    await house.pass(100)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'recording', listeners: [] }])
    await house.speak(1500)
    await house.bye()
    await house.pass(500)
    expect([...house.rows.values()][0]).toMatchObject({ outcome: 'message' })
  })

  it('who picked up ends it by hanging up', async () => {
    const { house, desk, call, press } = await openScene(2)
    await using _house = house
    await using _desk = desk
    await press('4')
    await press('1')
    call.hangUp()
    await house.pass(200)
    expect(house.caller.requests('BYE')).toHaveLength(1)
  })
})
