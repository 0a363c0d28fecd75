import { describe, expect, it } from 'vitest'
import { openPhone } from '../../../test/helpers/house-phone.ts'
import { openHouse } from '../../../test/helpers/in-memory-house.ts'
import { answers } from '../../../test/helpers/scripted-phone.ts'
import type { SoundPacket } from '../recorder/recorder.ts'

/** Greeting (3.3 s) and beep (0.3 s), with a little to spare. */
const GREETED_MS = 3800

async function houseThatListens() {
  const heard: SoundPacket[] = []
  const tellings: number[] = []
  let ends = 0
  let wants = true
  const house = await openHouse({
    line: { ringSeconds: 0 },
    phones: [{ name: 'desk' }],
    hearTake: ({ meta }) =>
      wants && meta['kind'] === 'message'
        ? (packets) => {
            if (!packets) ends++
            else tellings.push(heard.push(...packets))
          }
        : undefined,
  })
  await house.invite()
  await house.pass(100)
  await house.ack()
  return { house, heard, tellings, ends: () => ends, refuse: () => (wants = false) }
}

describe('a take', () => {
  it('is heard while it goes on, packet for packet as it is recorded, and to its end', async () => {
    const { house, heard, tellings, ends } = await houseThatListens()
    await using _open = house
    await house.speak(GREETED_MS)
    await house.speak(1000)
    expect(ends()).toBe(0)
    expect(tellings.length).toBeGreaterThanOrEqual(10)
    await house.bye()
    await house.pass(500)
    expect(ends()).toBe(1)
    const [recorded = []] = [...house.recorder.kept.values()]
    expect(heard.map(({ sequence }) => sequence)).toEqual(recorded.map(({ sequence }) => sequence))
    expect(heard.map(({ payload }) => Buffer.from(payload))).toEqual(recorded.map(({ payload }) => payload))
    expect(heard[0]).toMatchObject({ codec: 'PCMU', arrivedAt: recorded[0]?.arrivedAt })
  })

  it('is heard no longer than it goes on: what is said after a pick-up is nobody else’s', async () => {
    const { house, heard, ends } = await houseThatListens()
    await using _open = house
    await house.speak(GREETED_MS + 500)
    const [{ id = '' } = {}] = house.machine.liveCalls()
    await using _desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: answers(0) })
    await house.machine.act(id, 'pick-up', 'user:ada', { phone: 'desk' })
    await house.pass(100)
    expect(ends()).toBe(1)
    const told = heard.length
    await house.speak(500)
    expect(heard).toHaveLength(told)
  })

  it('is heard by nobody who does not want to', async () => {
    const { house, heard, ends, refuse } = await houseThatListens()
    await using _open = house
    refuse()
    await house.speak(GREETED_MS + 1000)
    await house.bye()
    await house.pass(500)
    expect([heard.length, ends()]).toEqual([0, 0])
  })
})
