import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import type { TraceRow } from '../trace.ts'
import { NOON } from './sample-rows.contract.ts'

const row = (id: string, change: Partial<TraceRow> = {}): TraceRow => ({
  id,
  kind: 'call',
  title: '+49301234567',
  startedAt: NOON,
  endedAt: NOON + 5000,
  packed: Buffer.from([0, 1, 2, 254, 255]),
  ...change,
})

export function describeTraces(current: () => Store): void {
  describe('traces', () => {
    it('are kept to the byte, and the last one of a call counts', async () => {
      const { traces } = current()
      await traces.add(row('a'))
      const found = await traces.get('a')
      expect({ ...found, packed: Buffer.from(found?.packed ?? []) }).toEqual(row('a'))
      await traces.add(row('a', { endedAt: null, packed: Buffer.from([7]) }))
      const again = await traces.get('a')
      expect([again?.endedAt, ...(again?.packed ?? [])]).toEqual([null, 7])
      expect(await traces.get('b')).toBeUndefined()
    })

    it('are listed newest first, by kind and in pages, without what they hold', async () => {
      const { traces } = current()
      await traces.add(row('a'))
      await traces.add(row('b', { kind: 'house', title: 'kitchen', startedAt: NOON + 1 }))
      await traces.add(row('c', { startedAt: NOON + 2 }))
      const first = await traces.list({ limit: 2 })
      expect(first.rows.map(({ id }) => id)).toEqual(['c', 'b'])
      const second = await traces.list({ limit: 2, cursor: first.nextCursor ?? '' })
      expect(second.rows.map(({ id }) => id)).toEqual(['a'])
      const { packed: _, ...house } = row('b', { kind: 'house', title: 'kitchen', startedAt: NOON + 1 })
      expect((await traces.list({ kind: 'house', limit: 9 })).rows).toEqual([house])
    })

    it('go with their calls', async () => {
      const { traces } = current()
      for (const id of ['a', 'b', 'c']) await traces.add(row(id))
      await traces.remove([])
      await traces.remove(['a', 'c', 'none'])
      expect((await traces.list({ limit: 9 })).rows.map(({ id }) => id)).toEqual(['b'])
    })

    it('go by age, and the oldest of too many', async () => {
      const { traces } = current()
      for (const [at, id] of ['a', 'b', 'c', 'd'].entries())
        await traces.add(row(id, { startedAt: NOON + at }))
      const left = async () => (await traces.list({ limit: 9 })).rows.map(({ id }) => id).join(' ')
      expect(await traces.removeBefore(NOON + 1)).toBe(1)
      expect(await left()).toBe('d c b')
      expect(await traces.removeBeyond(3)).toBe(0)
      expect(await traces.removeBeyond(1)).toBe(2)
      expect(await left()).toBe('d')
    })
  })
}
