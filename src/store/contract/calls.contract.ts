import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { callRow, homeOf, messageRow, NOON } from './sample-rows.contract.ts'

export function describeCalls(current: () => Store): void {
  describe('calls', () => {
    it('arrive and end', async () => {
      const { calls } = current()
      await calls.add(callRow('a'))
      expect(await calls.get('a')).toEqual(callRow('a'))
      const end = { answeredAt: NOON + 1, endedAt: NOON + 2, outcome: 'hung-up', messageId: null } as const
      await calls.end('a', end)
      expect(await calls.get('a')).toEqual({ ...callRow('a'), ...end })
      expect(await calls.get('b')).toBeUndefined()
    })

    it('are listed newest first, by line, by caller and in pages', async () => {
      const { calls } = current()
      await calls.add(callRow('a', { lineId: 'one' }))
      await calls.add(callRow('b', { lineId: 'two', callerName: 'Ännchen', arrivedAt: NOON + 1 }))
      await calls.add(callRow('c', { lineId: 'two', callerNumber: null, arrivedAt: NOON + 2 }))
      const ids = async (query: { q?: string; lineId?: string; callerNumber?: string }) =>
        (await calls.list({ limit: 50, ...query })).rows.map(({ id }) => id).join(' ')
      expect(await ids({})).toBe('c b a')
      expect(await ids({ lineId: 'two' })).toBe('c b')
      expect(await ids({ q: '030 123' })).toBe('b a')
      expect(await ids({ q: 'annchen', lineId: 'two' })).toBe('b')

      const callerNumber = callRow('a').callerNumber ?? ''
      expect(await ids({ callerNumber })).toBe('b a')
      expect(await ids({ callerNumber, lineId: 'two' })).toBe('b')
      expect(await ids({ callerNumber: callerNumber.slice(0, -1) })).toBe('')
      for (const written of ['0049 30 1234567', '030/1234567', '49301234567'])
        expect(await ids({ callerNumber: written })).toBe('b a')
      expect(await ids({ callerNumber: '+49 40 1234567' })).toBe('')

      const first = await calls.list({ limit: 2 })
      expect(first.rows.map(({ id }) => id)).toEqual(['c', 'b'])
      const second = await calls.list({ limit: 2, cursor: first.nextCursor ?? '' })
      expect(second).toMatchObject({ rows: [{ id: 'a' }], nextCursor: null })
    })

    it('that a crash cut short end as interrupted, or as messages where one was recovered', async () => {
      const { calls, messages } = current()
      const { mailbox } = await homeOf(current())
      const over = { answeredAt: null, endedAt: NOON, outcome: 'abandoned', messageId: null } as const
      for (const id of ['a', 'b', 'c']) await calls.add(callRow(id))
      await calls.end('a', over)
      await messages.add(messageRow(mailbox.id, 'm', { callId: 'b' }))
      expect(await calls.endAbandoned(NOON + 5)).toBe(2)
      expect(await calls.get('a')).toMatchObject(over)
      expect(await calls.get('b')).toMatchObject({ outcome: 'message', messageId: 'm', endedAt: NOON + 5 })
      expect(await calls.get('c')).toMatchObject({ outcome: 'interrupted', messageId: null })
      expect(await calls.endAbandoned(NOON + 6)).toBe(0)
    })

    it('that a crash cut short after a pick-up say so, and name the message before the conversation', async () => {
      const { calls, messages } = current()
      const { mailbox } = await homeOf(current())
      await calls.add(callRow('a'))
      const heard = { state: 'heard', pickedUp: 'kept', callId: 'a' } as const
      await messages.add(messageRow(mailbox.id, 'talk', { ...heard, kind: 'conversation' }))
      await messages.add(messageRow(mailbox.id, 'words', heard))
      expect(await calls.endAbandoned(NOON + 5)).toBe(1)
      expect(await calls.get('a')).toMatchObject({ outcome: 'picked-up', messageId: 'words' })
    })
  })
}
