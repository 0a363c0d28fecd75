import { describe, expect, it } from 'vitest'
import { dialogWatcher } from '../../test/helpers/dialog-watcher.ts'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { HOUSE, openHouse } from '../../test/helpers/in-memory-house.ts'
import { bodyOf } from '../../test/helpers/sip-text.ts'
import { headerOf, statusOf } from '../../test/helpers/sip-wire.ts'

const DESK = '192.0.2.11'
/** Greeting (3.3 s) and beep (0.3 s), with a little to spare. */
const GREETED_MS = 3800

function seen(notifies: readonly string[]) {
  const watcher = dialogWatcher()
  for (const notify of notifies) watcher.take(Buffer.from(bodyOf(notify), 'latin1').toString())
  return watcher
}

const openDesk = async () => {
  const house = await openHouse({ phones: [{ name: 'desk' }], line: { ringSeconds: 3 } })
  return { house, desk: await openPhone(house, 'desk', DESK) }
}

describe('a key with the line’s lamp (RFC 4235)', () => {
  it('flashes while it rings and is greeted, shines while a message is recorded, and goes out', async () => {
    const opened = await openDesk()
    await using house = opened.house
    await using desk = opened.desk
    const key = desk.subscribe(`sip:home@${HOUSE}`, 'dialog')
    await house.pass(2000)
    expect(statusOf(await key.final)).toBe(200)
    expect(seen(key.notifies).dialogs).toEqual([])
    await house.invite()
    await house.pass(1000)
    const tag = /tag=([^;>]+)/.exec(house.caller.response('1 INVITE', 180)?.headers.first('To') ?? '')?.[1]
    expect(seen(key.notifies).dialogs).toMatchObject([
      {
        state: 'early',
        callId: 'scripted@192.0.2.1',
        localTag: tag,
        remoteTag: 'alice',
        direction: 'recipient',
        remoteUri: `sip:+49301234@${HOUSE}`,
        remoteName: 'Alice',
        remoteTarget: `sip:*8home@${HOUSE}`,
      },
    ])
    await house.pass(2500)
    await house.ack()
    await house.pass(1000)
    expect(seen(key.notifies).dialogs).toMatchObject([{ state: 'early' }])
    await house.pass(GREETED_MS)
    await house.speak(1000)
    expect(seen(key.notifies).dialogs).toMatchObject([{ state: 'confirmed' }])
    await house.bye()
    await house.pass(1000)
    expect(seen(key.notifies).dialogs).toEqual([])
    expect(seen(key.notifies).version).toBe(3)
  })

  it('takes the call by what it shows: Replaces, or its target', async () => {
    for (const by of ['replaces', 'target']) {
      const opened = await openDesk()
      await using house = opened.house
      await using desk = opened.desk
      const key = desk.subscribe(`sip:home@${HOUSE}`, 'dialog')
      await house.pass(2000)
      await house.invite()
      await house.pass(1000)
      const [shown] = seen(key.notifies).dialogs
      const replaces = `Replaces: ${shown?.callId};to-tag=${shown?.remoteTag};from-tag=${shown?.localTag}`
      const call =
        by === 'target'
          ? desk.call(shown?.remoteTarget ?? '')
          : desk.call(shown?.localUri ?? '', { headers: [replaces] })
      await house.pass(1000)
      expect(call.state, by).toBe('talking')
      expect(seen(key.notifies).dialogs).toMatchObject([{ state: 'confirmed' }])
    }
  })
})

describe('when the lines are changed', () => {
  it('who watches one that is there no longer is told so, at once (RFC 6665 §4.2.2)', async () => {
    await using house = await openHouse({ phones: [{ name: 'desk' }], line: { name: 'office' } })
    await using desk = await openPhone(house, 'desk', DESK)
    const key = desk.subscribe(`sip:office@${HOUSE}`, 'dialog')
    await house.pass(2000)
    expect(statusOf(await key.final)).toBe(200)
    Object.assign(house.settings.line, { name: 'shop' })
    house.changed('lines')
    await house.pass(2000)
    expect(headerOf(key.notifies.at(-1) ?? '', 'Subscription-State')).toBe('terminated;reason=noresource')
  })
})

describe('before the machine stops', () => {
  it('phones are told to subscribe again (RFC 6665 §4.1.3)', async () => {
    const opened = await openDesk()
    await using house = opened.house
    await using desk = opened.desk
    const key = desk.subscribe(`sip:home@${HOUSE}`, 'dialog')
    const lamp = desk.subscribe(`sip:desk@${HOUSE}`, 'message-summary')
    await house.pass(2000)
    await house.machine.drain(1000)
    await house.pass(100)
    const last = [key, lamp].map(({ notifies }) => headerOf(notifies.at(-1) ?? '', 'Subscription-State'))
    expect(last).toEqual(['terminated;reason=deactivated', 'terminated;reason=deactivated'])
  })
})
