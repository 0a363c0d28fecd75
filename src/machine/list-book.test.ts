import { expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { scriptedLists } from '../../test/helpers/scripted-lists.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { setHouseCountry } from '../store/house-country.ts'
import { IN_MEMORY, openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { openListBook } from './list-book.ts'

it('knows which lists have a number, follows them as they change, reads each once, and asks nobody', async () => {
  const [clock, random] = [fakeClock(), seededRandom(1)]
  const store = await openSqliteStore({
    file: IN_MEMORY,
    clock,
    makeId: idMaker(clock, random),
    log: silentLog,
  })
  await setHouseCountry(store, 'DE')
  const desk = scriptedLists({ store, clock, random })
  const add = async (name: string, text: string) => {
    const { id } = await store.numberLists.add({
      ...{ name, kind: 'file', url: null, token: null, country: null, minVotes: 1, everyHours: 24 },
      ...{ createdAt: 0, nextAt: null },
    })
    await desk.put(id, text)
    return id
  }
  const a = await add('a', '030 1234567\n')
  const b = await add('b', '0301234567\n0900*\n')
  let reads = 0
  const numberLists: typeof store.numberLists = {
    ...store.numberLists,
    numbers: (id) => {
      reads += 1
      return store.numberLists.numbers(id)
    },
  }
  const book = await openListBook(
    {
      numberLists,
      settings: store.settings,
      lines: store.lines,
      onChange: (callback) => store.onChange(callback),
    },
    silentLog,
  )
  const on = (number: string | null, e164: string | null = null) => book.listsOf(number, e164).toSorted()
  const both = [a, b].toSorted()
  expect(on('+49301234567', '+49301234567')).toEqual(both)
  expect(on('0301234567')).toEqual(both)
  expect(on('0900123')).toEqual([b])
  for (const other of [null, '0301234568', 'alice']) expect(on(other)).toEqual([])
  expect(reads).toBe(2)

  await desk.put('a', '+4312345678\n')
  await book.reload()
  expect(on('0301234567')).toEqual([b])
  expect(on('+4312345678', '+4312345678')).toEqual([a])
  await store.numberLists.remove('b')
  await book.reload()
  expect(on('0301234567')).toEqual([])
  expect(reads).toBeLessThanOrEqual(4)
  expect(desk.asked).toEqual([])
  book.close()
  await store.close()
})
