import { expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { NO_NUMBERS } from '../lists/number-set.ts'
import { packNumbers } from '../lists/pack-numbers.ts'
import { silentLog } from '../shared/log.ts'
import { openBlockList } from './block-list.ts'
import { openContactBook } from './contact-book.ts'
import { openHouseSwitches } from './house-switches.ts'
import { openListBook } from './list-book.ts'
import { openRuleBook } from './rule-book.ts'

const NUMBER = '+49301234567'
/** A row of whatever table is read. */
const ROW = { id: 'a', name: 'a', number: NUMBER, numbers: [NUMBER], favourite: true, revision: 1 }

/** A store that has one row or none in each table, and is as slow as the test says. */
function slowHouse() {
  const clock = fakeClock()
  let rows: (typeof ROW)[] = []
  let slow: Promise<void> | undefined
  let announce = (_tables: ReadonlySet<string>) => {}
  const table = {
    async list() {
      const found = rows
      await slow
      return found
    },
  }
  const store = {
    ...{ blocked: table, contacts: table, rules: table, phones: table },
    numberLists: {
      ...table,
      numbers: async () => packNumbers({ ...NO_NUMBERS, patterns: new Set([NUMBER.slice(1)]) }),
    },
    messages: { counts: async () => [] },
    calls: { list: async () => ({ rows: [], nextCursor: null }) },
    settings: {
      async get(key: string) {
        if (key !== 'switches') return 'DE'
        const [row] = await table.list()
        return JSON.stringify({ machineOn: row === undefined, doNotDisturb: null })
      },
    },
    lines: { list: async () => [] },
    onChange(callback: typeof announce) {
      announce = callback
      return () => {}
    },
  }
  return {
    clock,
    store: store as never,
    /** Something changes, and is read: what is read comes in at once, unless the read is slow. */
    async change(change: { readonly row?: boolean; readonly slow?: Promise<void> }) {
      if (change.row) rows = [ROW]
      slow = change.slow
      announce(new Set())
      await clock.advanceAsync(100)
      await new Promise(setImmediate)
    },
  }
}

type House = ReturnType<typeof slowHouse>
/** Each opens a book, and returns what tells whether it knows the row. */
const BOOKS: Readonly<Record<string, (house: House) => Promise<() => unknown>>> = {
  async 'blocked numbers'({ store }) {
    const book = await openBlockList(store, silentLog)
    return () => book.has(NUMBER, null)
  },
  async contacts({ store, clock }) {
    const book = await openContactBook({ store, clock, log: silentLog, onChange: () => {} })
    return () => book.contactOf(NUMBER) !== null && book.isFavourite('a')
  },
  async 'block lists'({ store }) {
    const book = await openListBook(store, silentLog)
    return () => book.listsOf(NUMBER, null).length > 0
  },
  async switches({ store, clock }) {
    const switches = await openHouseSwitches({ store, clock, log: silentLog }, () => {})
    return () => !switches.current.machineOn
  },
  async rules({ store }) {
    const book = await openRuleBook({ store, log: silentLog, now: 0 } as never)
    return () => book.rules.length > 0 && book.phoneNamed('a') !== undefined
  },
}

it.each(Object.entries(BOOKS))('of two reads of %s that overlap the newer counts', async (_, open) => {
  const house = slowHouse()
  const knows = await open(house)
  expect(knows()).toBe(false)
  const older = Promise.withResolvers<void>()
  await house.change({ slow: older.promise })
  await house.change({ row: true })
  expect(knows()).toBe(true)
  older.resolve()
  await house.change({ slow: new Promise(() => {}) })
  expect(knows()).toBe(true)
})
