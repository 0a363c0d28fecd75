import { describe, expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { HOUSE, type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'

const GREETED_MS = 3800
const PATIENCE_MS = 10_000

/** Starts draining and lets its patience run out. */
async function drainOut(house: InMemoryHouse): Promise<boolean> {
  let drained = false
  void house.machine.drain(PATIENCE_MS).then(() => {
    drained = true
  })
  await house.pass(PATIENCE_MS - 10)
  expect(drained).toBe(false)
  await house.pass(100)
  return drained
}

describe('patience that runs out', () => {
  it('ends the call with BYE and keeps what was said', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    await house.speak(2000)
    expect(await drainOut(house)).toBe(true)
    expect(house.caller.requests('BYE')).toHaveLength(1)
    expect(house.kept).toMatchObject([{ durationMs: 2000 }])
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'message' }])
  })

  it('refuses a call that still rings with 503', async () => {
    await using house = await openHouse({ line: { ringSeconds: 60 } })
    await house.invite()
    expect(await drainOut(house)).toBe(true)
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180, 503])
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'failed' }])
  })
})

describe('while the machine drains', () => {
  it('a message that is left may still be picked up, but phones call each other no more', async () => {
    await using house = await openHouse({
      line: { ringSeconds: 0 },
      phones: [{ name: 'desk' }, { name: 'sofa' }],
    })
    await using desk = await openPhone(house, 'desk', '192.0.2.11')
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    void house.machine.drain(PATIENCE_MS)
    const refused = desk.call(`sip:sofa@${HOUSE}`)
    const call = desk.call(`sip:*8@${HOUSE}`)
    await house.pass(100)
    expect(refused.status).toBe(503)
    expect(call.state).toBe('talking')
    await house.bye()
    await house.pass(100)
  })
})
