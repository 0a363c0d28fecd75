import { describe, expect, it } from 'vitest'
import type { ListSettings } from '../model.ts'
import type { Store } from '../store.ts'
import { NOON } from './sample-rows.contract.ts'

const SPAM: ListSettings = {
  name: 'spam',
  kind: 'url',
  url: 'https://lists.example/spam.txt',
  token: 'secret',
  country: 'DE',
  minVotes: 10,
  everyHours: 24,
}

export function describeNumberLists(current: () => Store): void {
  describe('block lists', () => {
    const add = (change: Partial<ListSettings> = {}) =>
      current().numberLists.add({ ...SPAM, ...change, createdAt: NOON, nextAt: NOON })

    it('come back as they were put, by id and by name, and change', async () => {
      const { numberLists } = current()
      const b = await add()
      const a = await add({ name: 'a', kind: 'file', url: null, token: null, country: null })
      expect(b).toMatchObject({ ...SPAM, count: 0, readAt: null, nextAt: NOON, problem: null, marker: {} })
      expect(await numberLists.list()).toEqual([a, b])
      expect(await numberLists.get('spam')).toEqual(b)
      expect(await numberLists.get(b.id)).toEqual(b)
      expect(await numberLists.set('spam', { everyHours: 12, token: null })).toEqual({
        ...b,
        everyHours: 12,
        token: null,
      })
      expect(await numberLists.set('spam', {})).toMatchObject({ everyHours: 12 })
      await expect(add()).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      await expect(numberLists.set('a', { name: 'spam' })).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      await expect(numberLists.set('x', {})).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
      await expect(numberLists.remove('x')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
    })

    it('are taken by one alone when they are due, and again once its time is over', async () => {
      const { numberLists } = current()
      expect(await numberLists.nextAt()).toBeUndefined()
      await numberLists.add({ ...SPAM, name: 'a', kind: 'file', createdAt: NOON, nextAt: null })
      const { id } = await add()
      expect(await numberLists.nextAt()).toBe(NOON)
      expect(await numberLists.claim(NOON - 1, NOON + 10)).toBeUndefined()
      const taken = await Promise.all([1, 2, 3].map(() => numberLists.claim(NOON, NOON + 10)))
      expect(taken.flatMap((list) => list?.id ?? [])).toEqual([id])
      expect(await numberLists.nextAt()).toBe(NOON + 10)
      expect(await numberLists.claim(NOON + 9, NOON + 20)).toBeUndefined()
      expect(await numberLists.claim(NOON + 10, NOON + 20)).toMatchObject({ id, nextAt: NOON + 20 })
    })

    it('keep their numbers while what was found out of them changes, and go with them', async () => {
      const { numberLists } = current()
      const { id } = await add()
      expect(await numberLists.numbers(id)).toBeUndefined()
      const packed = Uint8Array.from({ length: 10_000 }, (_, at) => at % 251)
      await numberLists.noted(id, { count: 7, revision: 1, readAt: NOON, marker: { etag: '"1"' } }, packed)
      const problem = { code: 'AP_LIST_UNREACHABLE', details: { why: 'gone' } }
      await numberLists.noted(id, { problem, failures: 1, nextAt: NOON + 9 })
      expect(await numberLists.get(id)).toMatchObject({
        ...{ count: 7, revision: 1, marker: { etag: '"1"' } },
        ...{ problem, failures: 1, nextAt: NOON + 9 },
      })
      expect(Uint8Array.from((await numberLists.numbers(id)) ?? [])).toEqual(packed)
      await numberLists.noted(id, { problem: null })
      expect((await numberLists.get(id))?.problem).toBeNull()
      await numberLists.remove('spam')
      await numberLists.noted(id, { count: 9 }, packed)
      expect(await numberLists.numbers(id)).toBeUndefined()
      expect(await numberLists.list()).toEqual([])
    })
  })
}
