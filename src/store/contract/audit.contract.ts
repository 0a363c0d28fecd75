import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../audit-entry.ts'
import type { Store } from '../store.ts'
import { NOON } from './sample-rows.contract.ts'

/** What was done, and who may not call. */
export function describeAudit(current: () => Store): void {
  const note = (change: Partial<AuditEntry> = {}, once?: string) => {
    const fields = {
      at: NOON,
      who: 'user:ada',
      act: 'played',
      callId: null,
      messageId: null,
      detail: '',
    } as const
    return current().audit.add({ ...fields, ...change }, once)
  }

  describe('the audit', () => {
    it('is listed newest first, by who, by call, by message and in pages', async () => {
      const { audit } = current()
      await note({ detail: '1' })
      await note({ who: 'phone:kitchen', act: 'picked-up', callId: 'c', detail: '2', at: NOON + 1 })
      await note({ who: 'token:backup', messageId: 'm', detail: '3', at: NOON + 2 })
      const details = async (query: { who?: string; callId?: string; messageId?: string } = {}) =>
        (await audit.list({ limit: 50, ...query })).rows.map(({ detail }) => detail).join('')
      expect(await details()).toBe('321')
      expect(await details({ who: 'user:ada' })).toBe('1')
      expect(await details({ callId: 'c' })).toBe('2')
      expect(await details({ messageId: 'm' })).toBe('3')
      expect((await audit.list({ callId: 'c', limit: 1 })).rows).toEqual([
        {
          id: expect.any(String),
          at: NOON + 1,
          who: 'phone:kitchen',
          act: 'picked-up',
          callId: 'c',
          messageId: null,
          detail: '2',
        },
      ])
      const first = await audit.list({ limit: 2 })
      const second = await audit.list({ limit: 2, cursor: first.nextCursor ?? '' })
      expect([...first.rows, ...second.rows].map(({ detail }) => detail).join('')).toBe('321')
      expect(second.nextCursor).toBeNull()
    })

    it('takes many at once', async () => {
      const { audit } = current()
      const entry = { at: NOON, who: 'user:ada', act: 'deleted', callId: null, detail: '' } as const
      await audit.addAll(['a', 'b'].map((messageId) => ({ ...entry, messageId })))
      await audit.addAll([])
      const { rows } = await audit.list({ limit: 50 })
      expect(rows.map(({ messageId }) => messageId).sort()).toEqual(['a', 'b'])
    })

    it('keeps the first of those that say the same', async () => {
      await Promise.all([1, 2, 3].map((n) => note({ detail: String(n) }, 'played m 12h')))
      await note({ detail: 'later' }, 'played m 13h')
      await note()
      await note()
      expect((await current().audit.list({ limit: 50 })).rows).toHaveLength(4)
    })
  })

  describe('blocked numbers', () => {
    it('come back, are blocked once, and go', async () => {
      const { blocked } = current()
      const row = { number: '+49301', name: 'Pest', at: NOON, by: 'user:ada' }
      await blocked.add(row)
      await blocked.add({ ...row, name: null, by: 'phone:kitchen' })
      await blocked.add({ ...row, number: '+4930', name: null })
      expect(await blocked.list()).toEqual([{ ...row, number: '+4930', name: null }, row])
      expect(await blocked.remove('+49301')).toBe(true)
      expect(await blocked.remove('+49301')).toBe(false)
      expect(await blocked.list()).toHaveLength(1)
    })
  })
}
