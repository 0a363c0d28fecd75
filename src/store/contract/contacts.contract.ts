import { describe, expect, it } from 'vitest'
import type { Contact } from '../model.ts'
import type { Store } from '../store.ts'
import { callRow, homeOf, messageRow } from './sample-rows.contract.ts'

const ada = {
  name: 'Ada Müller',
  note: 'the plumber',
  numbers: ['+49 30 1234567', '0171 7654321'],
  favourite: true,
}
const names = (contacts: readonly Contact[]) => contacts.map(({ name }) => name).join(', ')

/** Whom the owner knows by name. */
export function describeContacts(current: () => Store): void {
  describe('contacts', () => {
    it('come back in order of name, with their numbers in order, are changed and go', async () => {
      const { contacts } = current()
      const added = await contacts.add(ada)
      expect(added).toEqual({ ...ada, id: expect.any(String) })
      const bob = await contacts.add({ name: 'bob', note: '', numbers: ['620'] })
      await contacts.add({ name: 'Ähre', note: '', numbers: ['621'] })
      expect(names(await contacts.list())).toBe('Ada Müller, Ähre, bob')
      expect(await contacts.get(added.id)).toEqual(added)

      const numbers = ['0171 7654321', '0049 30 1234567', '+1 202 5550100']
      expect(await contacts.set(added.id, { numbers, name: 'Zoe' })).toEqual({
        ...added,
        numbers,
        name: 'Zoe',
      })
      expect(await contacts.set(bob.id, { favourite: true })).toEqual({ ...bob, favourite: true })
      await contacts.set(bob.id, { favourite: false })
      expect(await contacts.get(added.id)).toEqual({ ...added, numbers, name: 'Zoe' })
      expect(names(await contacts.list())).toBe('Ähre, bob, Zoe')

      expect(await contacts.remove(bob.id)).toEqual(bob)
      expect(await contacts.get(bob.id)).toBeUndefined()
      for (const refused of [contacts.remove(bob.id), contacts.set(bob.id, {})])
        await expect(refused).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
    })

    it('are found by parts of names, notes and numbers', async () => {
      const { contacts } = current()
      await contacts.add(ada)
      await contacts.add({ name: '100 % Bob_', note: '', numbers: ['sip.name'] })
      for (const q of ['muller', 'PLUMB', '030 123', '+4930', '765 43', ''])
        expect([q, names(await contacts.list(q))]).toEqual([q, expect.stringContaining('Ada')])
      expect(names(await contacts.list('%'))).toBe('100 % Bob_')
      expect(names(await contacts.list('b_'))).toBe('100 % Bob_')
      expect(names(await contacts.list('P.Name'))).toBe('100 % Bob_')
      expect(names(await contacts.list('nobody'))).toBe('')
    })

    it('come page by page, each once, also when those of the page before are gone or renamed', async () => {
      const { contacts } = current()
      const note = 'a long note '.repeat(100)
      for (const number of [1, 2, 3, 4, 5])
        await contacts.add({ name: 'Ann', note, numbers: [`62${number}`, `72${number}`] })
      await contacts.add({ name: 'Zoe', note: '', numbers: ['620'] })
      const whole = await contacts.list()
      const first = await contacts.page({ limit: 2 })
      expect(first).toEqual({ rows: whole.slice(0, 2), nextCursor: expect.any(String), total: 6 })
      const cursor = first.nextCursor ?? ''
      for (const { id } of first.rows) await contacts.remove(id)
      const second = await contacts.page({ limit: 3, cursor })
      expect(second).toEqual({ rows: whole.slice(2, 5), nextCursor: expect.any(String), total: 4 })
      const last = await contacts.page({ limit: 3, cursor: second.nextCursor ?? '' })
      expect(last).toEqual({ rows: whole.slice(5), nextCursor: null, total: 4 })
      const found = await contacts.page({ q: '620', limit: 3 })
      expect(found).toEqual({ rows: whole.slice(5), nextCursor: null, total: 1 })
      expect(await contacts.page({ q: 'nobody', limit: 3 })).toEqual({ rows: [], nextCursor: null, total: 0 })
      for (const wrong of ['', 'x', Buffer.from('no\0pe').toString('base64url')])
        await expect(contacts.page({ limit: 3, cursor: wrong })).rejects.toMatchObject({
          code: 'AP_INPUT_INVALID',
        })
    })

    it('have a number to themselves, however it is written', async () => {
      const { contacts } = current()
      const { id } = await contacts.add(ada)
      const bob = await contacts.add({ name: 'Bob', note: '', numbers: ['+49 40 1234567', '0049401234567'] })
      expect(bob.numbers).toEqual(['+49 40 1234567'])
      const taken = { code: 'AP_CONTACT_NUMBER_TAKEN', message: expect.stringContaining('"Ada Müller"') }
      const eve = { name: 'Eve', note: '', numbers: ['1', '030 1234567'] }
      await expect(contacts.add(eve)).rejects.toMatchObject(taken)
      await expect(contacts.set(bob.id, { numbers: ['+49 171 7654321'] })).rejects.toMatchObject(taken)
      expect(await contacts.list()).toEqual([{ ...ada, id }, bob])
    })

    it('may have a number that ends as another of the world does', async () => {
      const { contacts } = current()
      const oslo = { name: 'Nils', note: '', numbers: ['+47 22 12 34 56', '+1 472 212 3456'] }
      expect((await contacts.add(oslo)).numbers).toEqual(oslo.numbers)
      const singapore = await contacts.add({ name: 'Tan', note: '', numbers: ['+65 6812 3456'] })
      const other = await contacts.add({ name: 'Sam', note: '', numbers: ['+1 656 812 3456'] })
      expect(names(await contacts.list())).toBe('Nils, Sam, Tan')
      const taken = { numbers: ['+1 (656) 812-3456'] }
      await expect(contacts.set(singapore.id, taken)).rejects.toMatchObject({
        code: 'AP_CONTACT_NUMBER_TAKEN',
      })
      expect(await contacts.get(other.id)).toEqual(other)
    })

    it('are what their calls and messages are found by', async () => {
      const { contacts, calls, messages } = current()
      const { mailbox } = await homeOf(current())
      await contacts.add(ada)
      const from = (callerNumber: string | null) => ({ callerNumber, callerName: null })
      for (const [id, number] of [
        ['a', '0049301234567'],
        ['b', '+491717654321'],
        ['c', '+49401234567'],
        ['d', null],
      ] as const) {
        await calls.add(callRow(id, from(number)))
        await messages.add(messageRow(mailbox.id, id, from(number)))
      }
      await messages.add(messageRow(mailbox.id, 'e', { ...from('+331'), note: 'Müller, too' }))
      const found = async (q: string) => [
        (await calls.list({ q, limit: 9 })).rows.map(({ id }) => id).join(' '),
        (await messages.list({ q, limit: 9 })).rows.map(({ id }) => id).join(' '),
      ]
      expect(await found('müller')).toEqual(['b a', 'e b a'])
      expect(await found('plumber')).toEqual(['b a', 'b a'])
      expect(await found('nobody')).toEqual(['', ''])
      const heard = { q: 'plumber', states: ['heard'] as const, limit: 9 }
      expect((await messages.list(heard)).rows).toEqual([])
    })
  })
}
