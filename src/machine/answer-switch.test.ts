import { describe, expect, it } from 'vitest'
import { dialogWatcher } from '../../test/helpers/dialog-watcher.ts'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { HOUSE, type HouseOptions, openHouse } from '../../test/helpers/in-memory-house.ts'
import { bodyOf } from '../../test/helpers/sip-text.ts'
import { statusOf } from '../../test/helpers/sip-wire.ts'
import type { Switches } from '../store/switches.ts'

const DESK = '192.0.2.11'
const SOFA = '192.0.2.12'
const MACHINE = `sip:*60@${HOUSE}`
const QUIET = `sip:*61@${HOUSE}`
/** Longer than any of the sentences. */
const SAID_MS = 7000
const AS_NEW: Switches = { machineOn: true, doNotDisturb: null }

/** A house with two phones, and the clips that anybody is played. */
async function open(options: HouseOptions = {}) {
  const played: string[] = []
  const house = await openHouse({
    phones: [{ name: 'desk' }, { name: 'sofa' }],
    through: {
      media(make, random) {
        const engine = make(random)
        const open = engine.openSession.bind(engine)
        engine.openSession = async (...how) => {
          const session = await open(...how)
          const play = session.play.bind(session)
          session.play = (clip, mark) => {
            played.push(clip)
            play(clip, mark)
          }
          return session
        }
        return engine
      },
    },
    ...options,
  })
  return { house, played, desk: await openPhone(house, 'desk', DESK) }
}

describe('the code of a switch', () => {
  it('turns it, says how it stands, hangs up, and is in the audit', async () => {
    const { played, ...opened } = await open()
    await using house = opened.house
    await using desk = opened.desk
    const dialled = async (uri: string) => {
      const call = desk.call(uri)
      await house.pass(100)
      expect(call.state).toBe('talking')
      const switches = house.machine.switches()
      await house.pass(SAID_MS)
      expect(call.endedBy).toMatch(/^BYE/)
      return switches
    }
    expect(await dialled(MACHINE)).toEqual({ machineOn: false, doNotDisturb: null })
    expect(await dialled(QUIET)).toEqual({ machineOn: false, doNotDisturb: { until: null } })
    expect(await dialled(MACHINE)).toEqual({ machineOn: true, doNotDisturb: { until: null } })
    expect(await dialled(QUIET)).toEqual(AS_NEW)
    expect(played).toEqual(['machine-off-en', 'quiet-on-en', 'machine-on-en', 'quiet-off-en'])
    expect(house.audit.map(({ who, act, detail }) => [who, act, detail])).toEqual([
      ['phone:desk', 'switched', 'machine off'],
      ['phone:desk', 'switched', 'do not disturb on'],
      ['phone:desk', 'switched', 'machine on'],
      ['phone:desk', 'switched', 'do not disturb off'],
    ])
    expect(house.settings.switches).toEqual(AS_NEW)
    expect(house.machine.phonesInUse.houseCalls).toBe(0)
  })

  it('counts for the next caller, at once', async () => {
    const opened = await open()
    await using house = opened.house
    await using desk = opened.desk
    desk.call(MACHINE)
    await house.pass(50)
    await house.invite()
    await house.pass(60_000)
    expect([...new Set(house.caller.statuses('1 INVITE'))]).toEqual([100, 180])
  })

  it('is answered in the language of the phone’s mailbox', async () => {
    const { played, ...opened } = await open({ mailbox: { language: 'de' } })
    await using house = opened.house
    await using desk = opened.desk
    desk.call(QUIET)
    await house.pass(1000)
    expect(played).toEqual(['quiet-on-de'])
  })

  it('ends a quiet that was to last until an hour, whole', async () => {
    const opened = await open({
      switches: { machineOn: true, doNotDisturb: { until: 3600_000_000_000_000 } },
    })
    await using house = opened.house
    await using desk = opened.desk
    desk.call(QUIET)
    await house.pass(100)
    expect(house.machine.switches()).toEqual(AS_NEW)
  })

  it('turns it for who hangs up before it is said, and for each of two that dial at once', async () => {
    const { played, ...opened } = await open()
    await using house = opened.house
    await using desk = opened.desk
    await using sofa = await openPhone(house, 'sofa', SOFA)
    const call = desk.call(MACHINE)
    await house.pass(100)
    call.hangUp()
    await house.pass(SAID_MS)
    expect(house.machine.switches().machineOn).toBe(false)
    expect(played).toEqual([])
    desk.call(MACHINE)
    sofa.call(MACHINE)
    await house.pass(SAID_MS)
    expect(played).toEqual(['machine-on-en', 'machine-off-en'])
  })

  it('says so when it can not be written, and nothing is switched', async () => {
    const { played, ...opened } = await open()
    await using house = opened.house
    await using desk = opened.desk
    house.failures.push(new Error('the disk is full'))
    const call = desk.call(MACHINE)
    await house.pass(SAID_MS)
    expect(played).toEqual(['not-switched-en'])
    expect(call.endedBy).toMatch(/^BYE/)
    expect(house.machine.switches()).toEqual(AS_NEW)
    expect(house.audit).toEqual([])
  })
})

describe('a key on the code of a switch (RFC 4235)', () => {
  const shown = (notifies: readonly string[]) => {
    const watcher = dialogWatcher()
    for (const notify of notifies) watcher.take(Buffer.from(bodyOf(notify), 'latin1').toString())
    return watcher.dialogs.map(({ state }) => state)
  }

  it('shines while the machine is off, and while nobody is to disturb, whoever has switched it', async () => {
    const opened = await open()
    await using house = opened.house
    await using desk = opened.desk
    await using sofa = await openPhone(house, 'sofa', SOFA)
    const [machine, quiet] = [desk.subscribe(MACHINE, 'dialog'), desk.subscribe(QUIET, 'dialog')]
    const shine = () => [shown(machine.notifies), shown(quiet.notifies)]
    await house.pass(2000)
    expect([statusOf(await machine.final), statusOf(await quiet.final)]).toEqual([200, 200])
    expect(shine()).toEqual([[], []])
    desk.call(MACHINE)
    await house.pass(2000)
    expect(shine()).toEqual([['confirmed'], []])
    sofa.call(QUIET)
    await house.pass(2000)
    expect(shine()).toEqual([['confirmed'], ['confirmed']])
    house.settings.switches = AS_NEW
    house.changed('settings')
    await house.pass(2000)
    expect(shine()).toEqual([[], []])
    // With the same id throughout, and nothing by which a phone would pick a call up.
    expect(machine.notifies.map((notify) => /<dialog .*<\/dialog>/.exec(bodyOf(notify))?.[0])).toEqual(
      ['terminated', 'confirmed', 'terminated'].map(
        (state) => `<dialog id="*60"><state>${state}</state></dialog>`,
      ),
    )
  })

  it('goes out when the time is over until which nobody was to disturb', async () => {
    const opened = await open()
    await using house = opened.house
    await using desk = opened.desk
    const key = desk.subscribe(QUIET, 'dialog')
    await house.pass(2000)
    house.settings.switches = { machineOn: true, doNotDisturb: { until: house.clock.now() + 60_000 } }
    house.changed('settings')
    await house.pass(2000)
    expect(shown(key.notifies)).toEqual(['confirmed'])
    await house.pass(60_000)
    expect(shown(key.notifies)).toEqual([])
  })

  it('has no message lamp', async () => {
    const opened = await open()
    await using house = opened.house
    await using desk = opened.desk
    const lamp = desk.subscribe(MACHINE, 'message-summary')
    await house.pass(100)
    expect(statusOf(await lamp.final)).toBe(404)
  })
})
