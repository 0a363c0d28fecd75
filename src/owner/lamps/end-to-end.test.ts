import { describe, expect, it } from 'vitest'
import { dialogWatcher } from '../../../test/helpers/dialog-watcher.ts'
import { ALICE, MACHINE } from '../../../test/helpers/endpoint-pair.ts'
import { lampCall, lampHouse } from '../../../test/helpers/lamp-house.ts'
import type { Notification } from '../../../test/helpers/scripted-subscriber.ts'
import { headerOf } from '../../../test/helpers/sip-wire.ts'
import { watch } from '../../../test/helpers/watched-machine.ts'

/** The lamps of a house behind a real endpoint, and a scripted phone that subscribes over a memory network. */
function houseOnNetwork() {
  const world = watch((subscription) => {
    const kitchen = house.phones.get('kitchen')
    if (kitchen) house.lamps.subscribe(subscription, kitchen)
  })
  const house = lampHouse({
    clock: world.clock,
    notifyUnsolicited: ({ name }, body) =>
      world.machine.request({
        method: 'NOTIFY',
        uri: `sip:${name}@${ALICE}:5070`,
        to: { transport: 'udp', address: ALICE, port: 5070 },
        from: { displayName: undefined, uri: `sip:${name}@${MACHINE}`, params: new Map() },
        headers: [
          ['Event', 'message-summary'],
          ['Subscription-State', 'active'],
        ],
        body,
      }),
  })
  return { ...world, ...house, house }
}

/** What a watcher makes of the NOTIFYs that have come. */
function seen(notifies: readonly Notification[]) {
  const watcher = dialogWatcher()
  for (const { body } of notifies) watcher.take(body)
  return watcher
}

describe('a subscriber on the network', () => {
  it('sees a call ring, be recorded and end (RFC 4235, RFC 6665)', async () => {
    const { clock, lamps, subscribe, expectOver } = houseOnNetwork()
    const key = subscribe({ uri: `sip:home@${MACHINE}`, event: 'dialog' })
    await clock.advanceAsync(5000)
    lamps.callChanged(lampCall('a'))
    await clock.advanceAsync(5000)
    const [early] = seen(key.notifies).dialogs
    expect(early).toMatchObject({ state: 'early', direction: 'recipient', callId: 'a@caller' })
    expect(early).toMatchObject({ localTag: 'ours-a', remoteTag: 'theirs-a' })
    lamps.callChanged(lampCall('a', { state: 'confirmed' }))
    await clock.advanceAsync(5000)
    expect(seen(key.notifies).dialogs).toMatchObject([{ state: 'confirmed' }])
    key.refresh(600)
    await clock.advanceAsync(20)
    expect(seen(key.notifies).last).toMatchObject({ scope: 'full', dialogs: [{ state: 'confirmed' }] })
    lamps.callEnded('a')
    await clock.advanceAsync(5000)
    expect(seen(key.notifies).dialogs).toEqual([])
    key.refresh(0)
    await clock.advanceAsync(20)
    expect(seen(key.notifies).last).toMatchObject({ scope: 'full' })
    expect(key.notifies.at(-1)?.reason).toBe('timeout')
    expect(key.notifies[0]?.contentType).toBe('application/dialog-info+xml')
    expect(key.faults).toEqual([])
    expectOver()
  })

  it('is told the newest state over a slow way too, each document one version on', async () => {
    const { clock, lamps, network, subscribe } = houseOnNetwork()
    const key = subscribe({ uri: `sip:home@${MACHINE}`, event: 'dialog' })
    network.weather.latencyMs = 400
    for (let n = 0; n < 20; n++) {
      if (n % 3 === 2) lamps.callEnded(`call-${n % 2}`)
      else lamps.callChanged(lampCall(`call-${n % 2}`, { state: n % 4 ? 'early' : 'confirmed' }))
      await clock.advanceAsync(270)
    }
    await clock.advanceAsync(5000)
    expect(seen(key.notifies).dialogs.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'call-0 early',
      'call-1 early',
    ])
    expect(key.faults).toEqual([])
  })

  it('that wants rest is told later what is true then (RFC 6665 §4.2.2)', async () => {
    const { clock, lamps, subscribe } = houseOnNetwork()
    const key = subscribe({ uri: `sip:home@${MACHINE}`, event: 'dialog' })
    await clock.advanceAsync(5000)
    key.answer = () => ({ status: 503, headers: ['Retry-After: 5'] })
    lamps.callChanged(lampCall('a'))
    await clock.advanceAsync(20)
    key.answer = () => ({ status: 200 })
    await clock.advanceAsync(6000)
    expect(seen(key.notifies).last).toMatchObject({ scope: 'full', dialogs: [{ id: 'a' }] })
  })

  it('has its message lamp right through changes, and is left alone when nothing changes (RFC 3842)', async () => {
    const { clock, lamps, messages, subscribe } = houseOnNetwork()
    messages.set('family', { new: 2, heard: 1 })
    const lamp = subscribe()
    await clock.advanceAsync(20)
    expect(lamp.bodies).toEqual([
      `Messages-Waiting: yes\r\nMessage-Account: sip:kitchen@${MACHINE}\r\nVoice-Message: 2/1 (0/0)\r\n`,
    ])
    lamps.messagesChanged()
    await clock.advanceAsync(5000)
    expect(lamp.bodies).toHaveLength(1)
    messages.set('family', { new: 0, heard: 3 })
    lamps.messagesChanged()
    await clock.advanceAsync(20)
    expect(lamp.bodies.at(-1)).toContain('Messages-Waiting: no\r\n')
    expect(lamp.notifies[0]?.contentType).toBe('application/simple-message-summary')
    expect(lamp.faults).toEqual([])
  })

  it('that went away without a word is told unasked from then on', async () => {
    const { clock, lamps, messages, phones, subscribe, subscriber, house, machine } = houseOnNetwork()
    const kitchen = phones.get('kitchen')
    if (!kitchen) throw new Error('no kitchen')
    const lamp = subscribe()
    lamps.registered(kitchen)
    await clock.advanceAsync(20)
    expect(subscriber.unsolicited).toEqual([])
    lamp.answer = () => ({ status: 481 })
    messages.set('family', { new: 1, heard: 0 })
    lamps.messagesChanged()
    await clock.advanceAsync(5000)
    expect(subscriber.unsolicited.map(({ body }) => body)).toEqual([
      'Messages-Waiting: yes\r\nVoice-Message: 1/0 (0/0)\r\n',
    ])
    expect(subscriber.unsolicited[0]).toMatchObject({ event: 'message-summary', state: 'active' })
    lamps.close()
    await clock.advanceAsync(60_000)
    expect(house.timers).toBe(0)
    expect(machine.size).toEqual({ dialogs: 0, transactions: 0 })
  })

  it('is refused alike for what is not there and what is not its own', async () => {
    const { clock, subscribe } = houseOnNetwork()
    const answers = ['office', 'work', 'desk', 'nobody'].map((user) => {
      const { responses } = subscribe({ uri: `sip:${user}@${MACHINE}`, event: 'dialog' })
      return responses[0]
    })
    await clock.advanceAsync(20)
    expect(answers.map((response) => response?.status)).toEqual([404, 404, 404, 404])
    const without = (text = '') => text.replace(/^(Via|From|To|Call-ID|CSeq):.*\r\n/gm, '')
    expect(new Set(answers.map((response) => without(response?.text))).size).toBe(1)
    expect(headerOf(answers[0]?.text ?? '', 'Allow-Events')).toBeUndefined()
  })

  it('is told at the end that it may come again (RFC 6665 §4.1.3)', async () => {
    const { clock, lamps, subscribe, expectOver } = houseOnNetwork()
    const key = subscribe({ uri: `sip:home@${MACHINE}`, event: 'dialog' })
    const lamp = subscribe()
    await clock.advanceAsync(5000)
    lamps.close()
    await clock.advanceAsync(20)
    expect([key, lamp].map(({ notifies }) => notifies.at(-1)?.reason)).toEqual(['deactivated', 'deactivated'])
    expect([...key.faults, ...lamp.faults]).toEqual([])
    expectOver()
  })
})
