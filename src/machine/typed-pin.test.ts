import { describe, expect, it } from 'vitest'
import { type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { PIN_HASH } from '../../test/helpers/pin-hash.ts'
import { until } from '../../test/helpers/until.ts'

const RIGHT = '246810'
const WRONG = '135791'
const DTMF = ['Content-Type: application/dtmf-relay']
/** Greeting (3.3 s) and beep (0.3 s), with a little to spare. */
const GREETED_MS = 3800

/** A house in which a caller types this while the message is recorded. The PIN is judged once the test lets I/O happen. */
async function houseWithPinTyped(pin: string, keys = `*${pin}#`): Promise<InMemoryHouse> {
  const house = await openHouse({ line: { ringSeconds: 0 }, mailbox: { pinHash: PIN_HASH } })
  await house.invite()
  await house.ack()
  await house.speak(GREETED_MS + 1000)
  expect(phase(house)).toBe('recording')
  for (const [i, key] of [...keys].entries()) {
    await house.speak(80)
    await house.request('INFO', `${10 + i} INFO`, DTMF, `Signal=${key}\r\nDuration=80\r\n`, `info-${i}`)
  }
  return house
}

const hangUp = (house: InMemoryHouse) => house.request('BYE', '99 BYE')
const phase = (house: InMemoryHouse) => house.machine.liveCalls()[0]?.phase
const told = (house: InMemoryHouse) => house.events.map(({ kind }) => kind)
const judged = (house: InMemoryHouse) =>
  until(() => house.audit.some(({ act }) => act === 'let-in' || act === 'pin-refused'))

describe('what is recorded while a PIN is typed', () => {
  it('is no message when it is right: the # that ends it is its last key, too', async () => {
    await using house = await houseWithPinTyped(RIGHT)
    expect(phase(house), 'nothing waits for the PIN').toBe('closing')
    await judged(house)
    await house.pass(100)
    expect(phase(house)).toBe('remote')
    await hangUp(house)
    await house.pass(1000)
    expect([house.kept.length, house.discarded.length]).toEqual([0, 1])
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'let-in', messageId: null }])
    expect(told(house)).not.toContain('message-added')
  })

  it('nor when the owner has hung up before it was judged; the call ends after it', async () => {
    await using house = await houseWithPinTyped(RIGHT)
    await hangUp(house)
    await house.pass(1000)
    expect(house.caller.response('99 BYE', 200)).toBeDefined()
    await judged(house)
    await house.pass(1000)
    expect([house.kept.length, house.discarded.length]).toEqual([0, 1])
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'hung-up', messageId: null }])
    expect(told(house)).not.toContain('message-added')
    expect(told(house).at(-1)).toBe('call-ended')
  })

  it('is one when it is wrong, once that is known, of a call that is over by then', async () => {
    await using house = await houseWithPinTyped(WRONG)
    await hangUp(house)
    await house.pass(1000)
    await judged(house)
    await house.pass(1000)
    const [message] = house.kept
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'message', messageId: message?.takeId }])
    expect(told(house).slice(-2)).toEqual(['message-added', 'call-ended'])
  })

  it('waits for nothing where no PIN was typed', async () => {
    await using house = await houseWithPinTyped('', '#')
    await house.pass(1)
    expect(house.kept).toHaveLength(1)
  })
})
