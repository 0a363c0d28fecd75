import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { silentLog } from '../../shared/log.ts'
import { aTarget } from '../../store/contract/outbox.contract.ts'
import type { Target } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { Carrier, Outcome, Parcel } from './carrier.ts'
import { openOutbox } from './open-outbox.ts'

let desk: ApiDesk
let outbox: AsyncDisposable
let carried: { readonly name: string; readonly parcel: Parcel }[]
let answer: (target: Target, parcel: Parcel) => Outcome | Promise<Outcome>
let heldUntil: number
const carrier: Carrier = {
  kind: 'webhook',
  heedsQuiet: false,
  async carry(target, parcel) {
    carried.push({ name: target.name, parcel })
    return answer(target, parcel)
  },
}
const open = (store: Pick<Store, 'targets' | 'outbox' | 'onChange'> = desk.store) =>
  openOutbox({
    store,
    carriers: [carrier],
    compose: async ({ event, subject }) => JSON.stringify({ event, subject }),
    heldUntil: async () => heldUntil,
    clock: desk.clock,
    log: silentLog,
  })
/** What is read and written takes its turns before and after. */
const settle = async () => {
  for (let turn = 0; turn < 60; turn++) await new Promise(setImmediate)
}
async function later(ms: number): Promise<void> {
  await settle()
  await desk.clock.advanceAsync(ms)
  await settle()
}
const told = () => carried.map(({ name, parcel }) => `${name} ${parcel.event}`)

beforeEach(async () => {
  desk = await openApiDesk()
  carried = []
  heldUntil = 0
  answer = () => ({ kind: 'taken' })
  await desk.store.targets.add(aTarget('a'))
  outbox = open()
})
afterEach(async () => {
  await outbox[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
})

it('tells of a message as soon as it is there, and of what becomes of it, in order', async () => {
  const { id } = await desk.leaveMessage()
  await desk.store.messages.markHeard(id, desk.clock.now())
  await desk.store.messages.trash(id, desk.clock.now())
  await later(10)
  expect(told()).toEqual(['a message-new', 'a message-heard', 'a message-deleted'])
  expect(JSON.parse(carried[0]?.parcel.body ?? '')).toEqual({ event: 'message-new', subject: id })
  expect(await desk.store.outbox.list({ limit: 9 })).toEqual([])
  expect(await desk.store.targets.get('a')).toMatchObject({
    lastTriedAt: expect.any(Number),
    lastProblem: '',
  })
})

it('goes on where it stood after it was killed, with the same ids and bodies', async () => {
  answer = () => ({ kind: 'later', why: 'it answers 500' })
  await desk.leaveMessage()
  await later(10)
  await outbox[Symbol.asyncDispose]()
  await desk.leaveMessage()
  answer = () => ({ kind: 'taken' })
  outbox = open()
  await later(1000)
  expect(told()).toEqual(['a message-new', 'a message-new', 'a message-new'])
  expect(carried[1]?.parcel).toMatchObject({ id: carried[0]?.parcel.id, body: carried[0]?.parcel.body })
  expect(carried[2]?.parcel.id).not.toBe(carried[0]?.parcel.id)
})

it('one that is stuck blocks its target and no other, until it is given up', async () => {
  await desk.store.targets.add(aTarget('b'))
  const first = await desk.leaveMessage()
  answer = ({ name }, { subject }) =>
    name === 'a' && subject === first.id ? { kind: 'later', why: 'it answers 500' } : { kind: 'taken' }
  await desk.leaveMessage()
  await later(5000)
  expect(told().filter((line) => line.startsWith('b'))).toHaveLength(2)
  expect(new Set(carried.filter(({ name }) => name === 'a').map(({ parcel }) => parcel.subject))).toEqual(
    new Set([first.id]),
  )
  await later(25 * 3600_000)
  expect(carried.at(-1)?.parcel.subject).not.toBe(first.id)
  const [dead] = await desk.store.outbox.list({ state: 'dead', limit: 9 })
  expect(dead).toMatchObject({ subject: first.id, problem: 'it answers 500' })

  answer = () => ({ kind: 'taken' })
  await desk.store.outbox.sendAgain({ id: dead?.id ?? '' }, desk.clock.now())
  await later(10)
  expect(carried.at(-1)?.parcel).toMatchObject({ id: dead?.id, subject: first.id })
})

it('leaves a target in peace that is off or has its quiet time, and tells it afterwards', async () => {
  heldUntil = desk.clock.now() + 8 * 3600_000
  await desk.leaveMessage()
  await later(8 * 3600_000 - 10)
  expect(told()).toEqual([])
  await later(20)
  expect(told()).toEqual(['a message-new'])
  answer = () => ({ kind: 'gone', why: 'it answers 410' })
  await desk.leaveMessage()
  await later(10)
  expect(await desk.store.targets.get('a')).toMatchObject({ enabled: false, lastProblem: 'it answers 410' })
  await desk.leaveMessage()
  await later(10)
  expect(told()).toHaveLength(2)
})

it('tells the first target of all when it came while the targets were read', async () => {
  await outbox[Symbol.asyncDispose]()
  const { targets } = desk.store
  await targets.remove('a')
  const slow = Promise.withResolvers<void>()
  const list = async () => {
    const found = await targets.list()
    await slow.promise
    return found
  }
  outbox = open({ ...desk.store, targets: { ...targets, list } })
  await settle()
  await targets.add(aTarget('b'))
  await later(10)
  slow.resolve()
  await later(10)
  await desk.leaveMessage()
  await later(10)
  expect(told()).toEqual(['b message-new'])
})

it('reads the targets again when they could not be read, and then not before they change', async () => {
  await outbox[Symbol.asyncDispose]()
  const { targets } = desk.store
  let reads = 0
  const list = () => (++reads === 1 ? Promise.reject(new Error('locked')) : targets.list())
  outbox = open({ ...desk.store, targets: { ...targets, list } })
  await later(6000)
  expect(reads).toBe(2)
  await desk.leaveMessage()
  await later(10)
  expect(told()).toEqual(['a message-new'])
})

it('waits while the database can not be written, and sends nothing twice for it', async () => {
  const { remove } = desk.store.outbox
  let failures = 2
  const store = {
    ...desk.store,
    outbox: {
      ...desk.store.outbox,
      remove(id: string) {
        if (failures-- > 0) return Promise.reject(new Error('locked'))
        return remove(id)
      },
    },
  }
  await outbox[Symbol.asyncDispose]()
  const tools = { carriers: [carrier], compose: async () => '{}', heldUntil: async () => 0 }
  outbox = openOutbox({ store, ...tools, clock: desk.clock, log: silentLog })
  await desk.leaveMessage()
  await later(30_000)
  expect(told()).toEqual(['a message-new'])
  expect(await desk.store.outbox.list({ limit: 9 })).toEqual([])
})
