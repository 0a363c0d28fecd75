import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { openHouse } from '../../test/helpers/in-memory-house.ts'
import { silentLog } from '../shared/log.ts'
import type { MessageState } from '../store/model.ts'
import { openQuotaWatch } from './quota-watch.ts'

type House = Awaited<ReturnType<typeof openHouse>>

const FULL = { quotaMessages: 10 } as const
async function hold(house: House, count: number, state: MessageState = 'new') {
  house.counts.splice(0, house.counts.length, { mailboxId: 'box', state, count })
  house.changed('messages')
  await house.pass(600)
}
const news = (house: House) =>
  house.events.flatMap((event) => (event.kind === 'filling' ? [`${event.level} ${event.percent}`] : []))

describe('a mailbox with a quota', () => {
  it('is told of at four fifths and when it is full, once for each crossing', async () => {
    await using house = await openHouse({ mailbox: FULL })
    await house.pass(10)
    for (const count of [7, 8, 9, 10, 11, 10]) await hold(house, count)
    expect(news(house)).toEqual(['filling 80', 'full 100'])
    expect(house.machine.fills()).toEqual([{ mailbox: 'home', level: 'full', percent: 100 }])
    for (const count of [7, 8]) await hold(house, count)
    expect(news(house)).toEqual(['filling 80', 'full 100', 'filling 80'])
    await hold(house, 2)
    expect(house.machine.fills()).toEqual([])
    expect(house.events.at(-1)).toEqual({ kind: 'fills-changed', fills: [] })
  })

  it('is looked at though changes come without a pause', async () => {
    await using house = await openHouse({ mailbox: FULL })
    house.counts.push({ mailboxId: 'box', state: 'new', count: 10 })
    for (let change = 0; change < 10; change++) {
      house.changed('messages')
      await house.pass(200)
    }
    expect(news(house)).toEqual(['full 100'])
  })

  it('is not filled by junk or trash', async () => {
    await using house = await openHouse({ mailbox: { ...FULL, whenFull: 'refuse' } })
    for (const state of ['junk', 'trash'] as const) await hold(house, 50, state)
    expect(house.machine.fills()).toEqual([])
  })

  const statusesOf = async (house: House) => {
    await house.invite()
    await house.pass(18_100)
    await house.ack()
    await house.pass(12_000)
    return house.machine.liveCalls().map(({ phase }) => phase)
  }

  it('takes messages all the same when it is full, unless its owner wants it otherwise', async () => {
    await using house = await openHouse({ mailbox: FULL })
    await hold(house, 10)
    expect(await statusesOf(house)).toEqual(['recording'])
  })

  it('has callers told that nothing can be taken where its owner wants that, as it is when they arrive', async () => {
    await using house = await openHouse({ mailbox: { ...FULL, whenFull: 'refuse' } })
    await hold(house, 10)
    await house.invite()
    await house.pass(1000)
    // What the owner deletes meanwhile is for the next caller.
    await hold(house, 1)
    await house.pass(17_000)
    await house.ack()
    await house.pass(12_000)
    expect(house.machine.liveCalls()).toEqual([])
    expect([...house.rows.values()]).toMatchObject([{ outcome: 'refused' }])
    expect(house.kept).toEqual([])

    await using other = await openHouse({ mailbox: { ...FULL, whenFull: 'refuse' } })
    await hold(other, 9)
    await other.invite()
    await other.pass(1000)
    // One that fills up while a message comes keeps all of it.
    await hold(other, 10)
    await other.pass(17_000)
    await other.ack()
    await other.pass(12_000)
    expect(other.machine.liveCalls()).toMatchObject([{ phase: 'recording' }])
  })
})

describe('the disk', () => {
  it('is looked at again soon where something changed while it was looked at', async () => {
    const clock = fakeClock()
    let changed = () => {}
    let looks = 0
    const slow = Promise.withResolvers<undefined>()
    const watch = await openQuotaWatch({
      store: {
        settings: { get: async () => null, set: async () => {} },
        mailboxes: { list: async () => [] },
        messages: { held: async () => [] },
        onChange(callback) {
          changed = () => callback(new Set(['messages']))
          return () => {}
        },
      },
      disk: () => (looks++ === 0 ? slow.promise : Promise.resolve(undefined)),
      clock,
      log: silentLog,
      tell: () => {},
    })
    const settled = () => new Promise(setImmediate)
    clock.advance(0)
    await settled()
    changed()
    slow.resolve(undefined)
    await settled()
    clock.advance(500)
    await settled()
    expect(looks).toBe(2)
    watch.close()
  })

  it('is told of as it fills, and what was told is remembered over a restart', async () => {
    const MB = 1 << 20
    let free = 2000 * MB
    const clock = fakeClock()
    const kept = new Map<string, string>()
    const told: string[] = []
    const open = () =>
      openQuotaWatch({
        store: {
          settings: {
            get: async (key) => kept.get(key) ?? null,
            set: async (key, value) => void kept.set(key, value),
          },
          mailboxes: { list: async () => [] },
          messages: { held: async () => [] },
          onChange: () => () => {},
        },
        disk: async () => ({ recordings: 100 * MB, free }),
        clock,
        log: silentLog,
        tell: (event) =>
          event.kind === 'filling' && told.push(`${event.mailbox} ${event.level} ${event.percent}`),
      })
    const pass = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) {
        clock.advance(60_000)
        await new Promise(setImmediate)
      }
    }
    const watch = await open()
    await pass(2)
    expect(told).toEqual([])
    free = 80 * MB
    await pass(3)
    expect(told).toEqual(['null filling 86'])
    watch.close()
    const again = await open()
    await pass(2)
    expect(told).toEqual(['null filling 86'])
    expect(again.fills).toEqual([{ mailbox: null, level: 'filling', percent: 86 }])
    free = 0
    await pass(3)
    expect(told).toEqual(['null filling 86', 'null full 100'])
    again.close()
  })
})
