import { describe, expect, it } from 'vitest'
import { HOST, lampCall, lampHouse } from '../../../test/helpers/lamp-house.ts'

const yes = (counts: string) => `Messages-Waiting: yes\r\nVoice-Message: ${counts} (0/0)\r\n`

describe('the message lamp (RFC 3842)', () => {
  it('is told right after the SUBSCRIBE, and when the counts change (§3.7, §3.8)', async () => {
    const { clock, lamps, messages, watchMessages } = lampHouse()
    messages.set('family', { new: 1, heard: 4 })
    const { answer, lamp } = watchMessages('kitchen', 'kitchen')
    expect(answer).toMatchObject({ status: 200, seconds: 3600 })
    await clock.advanceAsync(0)
    expect(lamp.summaries).toEqual([
      `Messages-Waiting: yes\r\nMessage-Account: sip:kitchen@${HOST}\r\nVoice-Message: 1/4 (0/0)\r\n`,
    ])
    await clock.advanceAsync(60_000)
    lamps.messagesChanged()
    await clock.advanceAsync(60_000)
    expect(lamp.summaries).toHaveLength(1)
    messages.set('family', { new: 0, heard: 5 })
    lamps.messagesChanged('family')
    await clock.advanceAsync(0)
    expect(lamp.shown).toEqual({ new: 0, heard: 5 })
  })

  it('of a phone adds up its mailboxes; that of a mailbox does not', async () => {
    const { clock, messages, watchMessages } = lampHouse()
    messages.set('family', { new: 1, heard: 0 })
    messages.set('work', { new: 2, heard: 3 })
    const all = watchMessages('desk', 'desk')
    const work = watchMessages('desk', 'work')
    const line = watchMessages('desk', 'home')
    await clock.advanceAsync(0)
    expect(all.lamp.shown).toEqual({ new: 3, heard: 3 })
    expect(work.lamp.shown).toEqual({ new: 2, heard: 3 })
    expect(line.lamp.shown).toEqual({ new: 1, heard: 0 })
  })

  it('is told again at each refresh, though nothing changed (RFC 6665 §4.2.1.2)', async () => {
    const { clock, watchMessages } = lampHouse()
    const kitchen = watchMessages('kitchen', 'kitchen')
    await clock.advanceAsync(1800_000)
    kitchen.refresh()
    expect(kitchen.lamp.summaries).toHaveLength(2)
  })

  it('waits for a store that is away rather than to say that there is nothing', async () => {
    const { clock, messages, store, watchMessages } = lampHouse()
    messages.set('family', { new: 1, heard: 0 })
    store.broken = true
    const { lamp } = watchMessages('kitchen', 'kitchen')
    await clock.advanceAsync(2500)
    expect(lamp.summaries).toEqual([])
    store.broken = false
    await clock.advanceAsync(1000)
    expect(lamp.shown).toEqual({ new: 1, heard: 0 })
  })
})

describe('a phone that did not ask', () => {
  it('is told when it registers, and when the counts change', async () => {
    const { clock, lamps, messages, phones, unaskedOf } = lampHouse()
    const kitchen = phones.get('kitchen')
    if (!kitchen) throw new Error('no kitchen')
    messages.set('family', { new: 1, heard: 0 })
    lamps.registered(kitchen)
    await clock.advanceAsync(5000)
    messages.set('family', { new: 2, heard: 0 })
    lamps.messagesChanged()
    await clock.advanceAsync(5000)
    lamps.registered(kitchen)
    await clock.advanceAsync(5000)
    expect(unaskedOf('kitchen').summaries).toEqual([yes('1/0'), yes('2/0'), yes('2/0')])
    lamps.gone('kitchen')
    messages.set('family', { new: 3, heard: 0 })
    lamps.messagesChanged()
    await clock.advanceAsync(5000)
    expect(unaskedOf('kitchen').summaries).toHaveLength(3)
  })

  it('is left alone while it has a subscription, and told again when that fails', async () => {
    const { clock, lamps, messages, phones, unaskedOf, watchMessages } = lampHouse()
    const kitchen = phones.get('kitchen')
    if (!kitchen) throw new Error('no kitchen')
    const subscribed = watchMessages('kitchen', 'kitchen')
    lamps.registered(kitchen)
    await clock.advanceAsync(5000)
    expect(unaskedOf('kitchen').summaries).toEqual([])
    subscribed.broken = true
    messages.set('family', { new: 1, heard: 0 })
    lamps.messagesChanged()
    await clock.advanceAsync(0)
    expect(unaskedOf('kitchen').summaries).toEqual([yes('1/0')])
  })

  it('is told all its messages when it no longer watches one mailbox of them', async () => {
    const { clock, lamps, messages, phones, unaskedOf, watchMessages } = lampHouse()
    const desk = phones.get('desk')
    if (!desk) throw new Error('no desk')
    lamps.registered(desk)
    await clock.advanceAsync(5000)
    const work = watchMessages('desk', 'work')
    await clock.advanceAsync(5000)
    messages.set('family', { new: 1, heard: 0 })
    lamps.messagesChanged()
    await clock.advanceAsync(5000)
    work.unsubscribe()
    expect(unaskedOf('desk').shown).toEqual({ new: 1, heard: 0 })
  })

  it('is not told what its last subscription has told', async () => {
    const { clock, lamps, phones, unaskedOf, watchMessages } = lampHouse()
    const kitchen = phones.get('kitchen')
    if (!kitchen) throw new Error('no kitchen')
    const subscribed = watchMessages('kitchen', 'kitchen')
    lamps.registered(kitchen)
    await clock.advanceAsync(5000)
    subscribed.unsubscribe()
    lamps.messagesChanged()
    await clock.advanceAsync(5000)
    expect(unaskedOf('kitchen').summaries).toEqual([])
  })
})

describe('the key of a line (RFC 4235)', () => {
  it('flashes while it rings, shines while a message is recorded, and goes out', async () => {
    const { clock, lamps, watchCalls } = lampHouse()
    const { notified, watcher } = watchCalls('kitchen', 'home')
    expect(watcher.dialogs).toEqual([])
    await clock.advanceAsync(10_000)

    lamps.callChanged(lampCall('a'))
    expect(notified).toHaveLength(1)
    await clock.advanceAsync(0)
    expect(notified.at(-1)?.at).toBe(10_000)
    expect(watcher.last).toMatchObject({ scope: 'partial', dialogs: [{ id: 'a', state: 'early' }] })
    expect(watcher.dialogs[0]).toMatchObject({
      callId: 'a@caller',
      localTag: 'ours-a',
      remoteTag: 'theirs-a',
      direction: 'recipient',
      remoteTarget: `sip:*8@${HOST}`,
    })

    await clock.advanceAsync(18_000)
    lamps.callChanged(lampCall('a', { state: 'confirmed' }))
    await clock.advanceAsync(0)
    expect(watcher.dialogs).toMatchObject([{ id: 'a', state: 'confirmed' }])
    await clock.advanceAsync(18_000)
    lamps.callEnded('a')
    await clock.advanceAsync(0)
    expect(watcher.last).toMatchObject({ scope: 'partial', dialogs: [{ id: 'a', state: 'terminated' }] })
    expect(watcher.version).toBe(3)
  })

  it('shows several calls at once, of its line only; that of a phone, of all its mailboxes', async () => {
    const { clock, lamps, watchCalls } = lampHouse()
    const home = watchCalls('desk', 'home')
    const desk = watchCalls('desk', 'desk')
    lamps.callChanged(lampCall('a'))
    lamps.callChanged(lampCall('b'))
    lamps.callChanged(lampCall('c', { line: 'office', mailboxId: 'work' }))
    await clock.advanceAsync(1000)
    expect(home.watcher.dialogs.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(desk.watcher.dialogs.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    lamps.callEnded('a')
    await clock.advanceAsync(1000)
    expect(home.watcher.last).toMatchObject({ scope: 'full', dialogs: [{ id: 'b' }] })
  })

  it('is told of a call that came and went within its rest only if something is left to tell', async () => {
    const { clock, lamps, watchCalls } = lampHouse()
    const { notified } = watchCalls('kitchen', 'home')
    await clock.advanceAsync(500)
    lamps.callChanged(lampCall('a'))
    await clock.advanceAsync(100)
    lamps.callEnded('a')
    await clock.advanceAsync(5000)
    expect(notified).toHaveLength(1)
  })

  it('shows all that is true at a refresh (RFC 4235 §3.7)', async () => {
    const { clock, lamps, watchCalls } = lampHouse()
    const kitchen = watchCalls('kitchen', 'home')
    lamps.callChanged(lampCall('a'))
    await clock.advanceAsync(5000)
    kitchen.refresh()
    expect(kitchen.watcher.last).toMatchObject({ scope: 'full', dialogs: [{ id: 'a' }] })
    kitchen.unsubscribe()
    expect(kitchen.watcher.last).toMatchObject({ scope: 'full', dialogs: [{ id: 'a' }] })
  })
})

describe('who may watch what', () => {
  it('is answered alike for what is not there and for what is not theirs', () => {
    const { watchCalls, watchMessages } = lampHouse()
    for (const user of ['office', 'work', 'desk', 'nobody']) {
      for (const watch of [watchCalls, watchMessages]) {
        const { answer, notified } = watch('kitchen', user)
        expect(answer).toEqual({ status: 404, headers: [] })
        expect(notified).toEqual([])
      }
    }
  })

  it('ends with what there is to watch, and the last word is that there is nothing', async () => {
    const { clock, lamps, messages, phones, watchCalls, watchMessages } = lampHouse()
    messages.set('work', { new: 5, heard: 0 })
    const calls = watchCalls('desk', 'office')
    const work = watchMessages('desk', 'work')
    const own = watchMessages('desk', 'desk')
    lamps.callChanged(lampCall('c', { line: 'office', mailboxId: 'work' }))
    await clock.advanceAsync(5000)
    phones.set('desk', { name: 'desk', mailboxIds: ['family'], speaker: false, speakerGainDb: 0 })
    lamps.houseChanged()
    expect(calls.endedBy).toBe('noresource')
    expect(calls.watcher.dialogs).toEqual([])
    expect(work.endedBy).toBe('noresource')
    expect(work.lamp.shown).toEqual({ new: 0, heard: 0 })
    expect(own.lamp.shown).toEqual({ new: 0, heard: 0 })
    expect(own.live).toBe(true)
  })

  it('that has another password shows nothing more until it subscribes with that', async () => {
    const { clock, lamps, watchCalls, watchMessages } = lampHouse()
    const calls = watchCalls('kitchen', 'home')
    const others = watchMessages('desk', 'desk')
    await clock.advanceAsync(5000)
    lamps.forget('kitchen')
    expect(calls.endedBy).toBe('deactivated')
    expect(others.live).toBe(true)
    lamps.callChanged(lampCall('a'))
    await clock.advanceAsync(5000)
    expect(calls.watcher.dialogs).toEqual([])
  })

  it('has a limit for each phone', () => {
    const { watchCalls } = lampHouse()
    const answers = Array.from({ length: 130 }, () => watchCalls('kitchen', 'home').answer?.status)
    expect(answers.filter((status) => status === 200)).toHaveLength(128)
    expect(answers.at(-1)).toBe(500)
    expect(watchCalls('desk', 'home').answer?.status).toBe(200)
  })

  it('sees no more once the lamps are closed; phones are told to come again', async () => {
    const { clock, lamps, store, watchCalls, watchMessages } = lampHouse()
    const calls = watchCalls('kitchen', 'home')
    const messages = watchMessages('kitchen', 'kitchen')
    store.broken = true
    lamps.callChanged(lampCall('a'))
    lamps.close()
    expect(calls.endedBy).toBe('deactivated')
    expect(messages.endedBy).toBe('deactivated')
    lamps.callChanged(lampCall('b'))
    lamps.messagesChanged()
    expect(watchCalls('kitchen', 'home').answer?.status).toBe(503)
    await clock.advanceAsync(0)
    expect(clock.pending).toBe(0)
  })
})
