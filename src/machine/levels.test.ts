import { describe, expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { openHouse } from '../../test/helpers/in-memory-house.ts'
import { answers } from '../../test/helpers/scripted-phone.ts'

/** Greeting (3.3 s) and beep (0.3 s), with a little to spare. */
const GREETED_MS = 3800

/** A house in which a caller has heard the beep. */
async function houseWithMessage() {
  const house = await openHouse({ line: { ringSeconds: 0 }, phones: [{ name: 'desk' }] })
  await house.invite()
  await house.pass(100)
  const { id = '' } = house.machine.liveCalls()[0] ?? {}
  const peaks: number[] = []
  const ends: number[] = []
  const watch = () =>
    house.machine.watchLevels(id, {
      onPeak: (peak) => peaks.push(peak),
      onEnd: () => ends.push(house.clock.monotonic()),
    })
  return { house, id, peaks, ends, watch }
}

describe('levels', () => {
  it('are told while a message is left, and end with it', async () => {
    const { house, peaks, ends, watch } = await houseWithMessage()
    await using _open = house
    await house.ack()
    expect(watch(), 'not while the greeting plays').toBeUndefined()
    await house.speak(GREETED_MS)
    expect(house.machine.liveCalls()[0]?.phase).toBe('recording')
    expect(watch()).toBeDefined()
    await house.speak(1000)
    expect(peaks).toHaveLength(10)
    expect(Math.min(...peaks.slice(1))).toBeGreaterThan(0)
    expect(ends).toEqual([])
    await house.bye()
    await house.pass(500)
    expect(ends).toHaveLength(1)
    expect(watch()).toBeUndefined()
  })

  it('end when somebody picks up: what is said then is nobody else’s', async () => {
    const { house, id, peaks, ends, watch } = await houseWithMessage()
    await using _open = house
    await house.ack()
    await house.speak(GREETED_MS)
    watch()
    await house.speak(500)
    await using _desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: answers(0) })
    expect(await house.machine.act(id, 'pick-up', 'user:ada', { phone: 'desk' })).toBe('done')
    await house.pass(100)
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected' }])
    expect(ends).toHaveLength(1)
    const told = peaks.length
    await house.speak(500)
    expect(peaks).toHaveLength(told)
  })

  it('go to each who watches, until that one stops', async () => {
    const { house, peaks, ends, watch } = await houseWithMessage()
    await using _open = house
    await house.ack()
    await house.speak(GREETED_MS)
    const [first, second] = [watch(), watch()]
    await house.speak(1000)
    expect(peaks).toHaveLength(20)
    first?.()
    first?.()
    await house.speak(1000)
    expect(peaks).toHaveLength(30)
    second?.()
    await house.speak(1000)
    expect(peaks).toHaveLength(30)
    watch()
    await house.speak(1000)
    expect(peaks).toHaveLength(40)
    await house.bye()
    await house.pass(500)
    expect(ends).toHaveLength(1)
  })
})
