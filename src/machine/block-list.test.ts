import { expect, it } from 'vitest'
import { silentLog } from '../shared/log.ts'
import { openBlockList } from './block-list.ts'

const NUMBER = '+49301234567'
const settle = () => new Promise(setImmediate)

/** A list over a table that the test changes, and a write that it ends. */
async function openList() {
  const table = new Set<string>()
  let announce = (_tables: ReadonlySet<string>) => {}
  const list = await openBlockList(
    {
      blocked: { list: async () => [...table].map((number) => ({ number })) },
      settings: { get: async () => 'DE' },
      lines: { list: async () => [] },
      onChange(callback: typeof announce) {
        announce = callback
        return () => {}
      },
    } as never,
    silentLog,
  )
  const written = Promise.withResolvers<void>()
  return {
    table,
    list,
    written,
    has: () => list.has(NUMBER, null),
    async changed(...tables: string[]) {
      announce(new Set(tables))
      await settle()
    },
  }
}

it('a number that is blocked at once stays so while its row waits to be written', async () => {
  const { list, has, changed, written, table } = await openList()
  list.add(NUMBER, written.promise)
  expect(has()).toBe(true)
  await changed('settings')
  expect(has()).toBe(true)
  table.add(NUMBER)
  await changed('blocked')
  written.resolve()
  await settle()
  expect(has()).toBe(true)
  // Whoever lets it call again is believed.
  table.delete(NUMBER)
  await changed('blocked')
  expect(has()).toBe(false)
})

it('a number that is blocked at once may call again where its row can not be written', async () => {
  const { list, has, written } = await openList()
  list.add(NUMBER, written.promise)
  written.resolve()
  await settle()
  expect(has()).toBe(false)
})

it('a number is let go again before any read has shown that it was blocked', async () => {
  const { list, has, changed, written, table } = await openList()
  list.add(NUMBER, written.promise)
  table.add(NUMBER)
  written.resolve()
  table.delete(NUMBER)
  await changed('blocked')
  expect(has()).toBe(false)
})
