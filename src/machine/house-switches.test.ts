import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { answers, rings } from '../../test/helpers/scripted-phone.ts'
import { silentLog } from '../shared/log.ts'
import type { Switches } from '../store/switches.ts'
import { openHouseSwitches } from './house-switches.ts'

const DESK = '192.0.2.11'
const SOFA = '192.0.2.12'
const OFF: Switches = { machineOn: false, doNotDisturb: null }
const QUIET: Switches = { machineOn: true, doNotDisturb: { until: null } }
const open = (switches?: Switches) =>
  openHouse({ phones: [{ name: 'desk' }, { name: 'sofa', speaker: true }], ...(switches && { switches }) })
const switchTo = async (house: InMemoryHouse, switches: Switches) => {
  house.settings.switches = switches
  house.changed('settings')
  await house.pass(10)
}
/** Each once: they are repeated while nobody says that they came. */
const statuses = (house: InMemoryHouse) => [...new Set(house.caller.statuses('1 INVITE'))]

describe('the machine is off', () => {
  it('phones ring, the caller hears ringing for three minutes and is told that nobody is there', async () => {
    await using house = await open(OFF)
    await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
    await house.invite()
    await house.pass(179_000)
    expect(statuses(house)).toEqual([100, 180])
    expect(desk.calls[0]?.state).toBe('ringing')
    const [call] = house.machine.liveCalls()
    expect(call).toMatchObject({ phase: 'ringing', answersAt: null })
    // Whoever is told of it elsewhere is told for as long as phones ring.
    expect((call?.ringsUntil ?? 0) - (call?.ringsSince ?? 0)).toBe(180_000)
    await house.pass(1500)
    expect(statuses(house)).toEqual([100, 180, 480])
    expect(desk.calls[0]?.endedBy).toMatch(/^CANCEL/)
    await house.ack()
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'abandoned' }])
  })

  it('who picks up has the caller; whoever has the machine answer this call has it answer', async () => {
    await using house = await open(OFF)
    await using _desk = await openPhone(house, 'desk', DESK, { onCall: answers(30_000) })
    await house.invite()
    await house.pass(30_500)
    expect(statuses(house)).toEqual([100, 180, 200])

    await using other = await open(OFF)
    await other.invite()
    await other.pass(1000)
    const [call] = other.machine.liveCalls()
    expect(await other.machine.act(call?.id ?? '', 'answer-now', 'user:ada')).toBe('done')
    await other.pass(100)
    expect(statuses(other)).toEqual([100, 180, 200])
  })

  it('counts for calls that come after it', async () => {
    await using house = await open()
    await house.invite()
    await house.pass(1000)
    await switchTo(house, OFF)
    await house.pass(18_000)
    expect(statuses(house)).toEqual([100, 180, 200])
    expect(house.events).toContainEqual({ kind: 'switches-changed', switches: OFF })
  })
})

describe('do not disturb', () => {
  it('no phone rings, none that comes later, no speaker answers, and the machine does as ever', async () => {
    await using house = await open(QUIET)
    await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
    await house.invite()
    await house.pass(1000)
    await using sofa = await openPhone(house, 'sofa', SOFA, { onCall: rings })
    await house.pass(18_000)
    expect(statuses(house)).toEqual([100, 180, 200])
    await house.ack()
    await house.pass(3000)
    expect([desk, sofa].flatMap(({ calls }) => calls)).toEqual([])
  })

  it('whoever is told to pick up still does', async () => {
    await using house = await open(QUIET)
    await using desk = await openPhone(house, 'desk', DESK, { onCall: answers(100) })
    await house.invite()
    await house.pass(1000)
    const [call] = house.machine.liveCalls()
    expect(await house.machine.act(call?.id ?? '', 'pick-up', 'user:ada', { phone: 'desk' })).toBe('done')
    await house.pass(500)
    expect(desk.calls).toHaveLength(1)
    expect(house.machine.liveCalls()).toMatchObject([{ pickedUpBy: 'desk' }])
  })

  it('is over when its time has come, and says so', async () => {
    await using house = await open()
    const until = house.clock.now() + 5 * 3600_000
    await switchTo(house, { machineOn: true, doNotDisturb: { until } })
    expect(house.machine.switches().doNotDisturb).toEqual({ until })
    await house.pass(5 * 3600_000)
    expect(house.machine.switches().doNotDisturb).toBeNull()
    expect(house.events.at(-1)).toEqual({
      kind: 'switches-changed',
      switches: { machineOn: true, doNotDisturb: null },
    })
    await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
    await house.invite()
    await house.pass(500)
    expect(desk.calls).toHaveLength(1)
  })
})

describe('turning a switch', () => {
  it('counts each of two who do so in one moment, and goes on after one that failed', async () => {
    const clock = fakeClock()
    let [written, failing] = ['null', false]
    const settings = {
      get: async () => (written === 'null' ? null : written),
      async set(_key: string, value: string) {
        if (failing) throw new Error('the disk is full')
        written = value
      },
    }
    const audit = { add: async () => Promise.reject(new Error('no audit, either')) }
    const store = { settings, audit, onChange: () => () => undefined } as never
    const switches = await openHouseSwitches({ store, clock, log: silentLog }, () => undefined)
    const both = await Promise.all(['desk', 'sofa'].map((who) => switches.turn('machine', `phone:${who}`)))
    expect(both.map(({ machineOn }) => machineOn)).toEqual([false, true])
    failing = true
    await expect(switches.turn('machine', 'phone:desk')).rejects.toThrow('the disk is full')
    failing = false
    expect(await switches.turn('do-not-disturb', 'phone:desk')).toEqual(QUIET)
    expect(switches.current).toEqual(QUIET)
    switches.close()
  })
})
