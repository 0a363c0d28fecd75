import { describe, expect, it } from 'vitest'
import type { SourcedCard } from '../contact-source.ts'
import type { Store } from '../store.ts'
import { callRow, homeOf, messageRow } from './sample-rows.contract.ts'

const CLOUD = {
  name: 'cloud',
  url: 'https://dav.example',
  user: 'ada',
  password: 'secret',
  books: null,
  intervalMinutes: 60,
  createdAt: 1,
  nextAt: 100,
}
const number = (text: string, e164: string | null = null) => ({ number: text, e164 })

/** Where contacts come from, and what is written about callers who are none. */
export function describeKnownPeople(current: () => Store): void {
  describe('contact sources', () => {
    it('come back as they were put, by id and by name, change and go', async () => {
      const { contactSources } = current()
      const source = await contactSources.add(CLOUD)
      expect(source).toEqual({
        ...CLOUD,
        ...{ id: expect.any(String), startedAt: null, doneAt: null, failures: 0 },
        ...{ problem: null, detail: '', found: [] },
      })
      expect(await contactSources.get('cloud')).toEqual(source)
      await expect(contactSources.add(CLOUD)).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      const found = [{ url: 'https://dav.example/a/', name: 'Ü', ctag: '"1"', syncToken: null }]
      const change = { books: ['Ü'], found, problem: 'AP_X', detail: 'why', failures: 2 }
      expect(await contactSources.set(source.id, change)).toEqual({ ...source, ...change })
      expect(await contactSources.set('cloud', { books: null })).toMatchObject({ books: null, found })
      expect(await contactSources.list()).toHaveLength(1)
      expect(await contactSources.remove('cloud')).toMatchObject({ id: source.id })
      for (const refused of [contactSources.remove('cloud'), contactSources.set('cloud', {})])
        await expect(refused).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
      expect(await contactSources.nextAt()).toBeUndefined()
    })

    it('are taken by one at a time, each when it is due, or when it is wanted', async () => {
      const { contactSources } = current()
      const { id } = await contactSources.add(CLOUD)
      await contactSources.add({ ...CLOUD, name: 'later', nextAt: 500 })
      expect(await contactSources.nextAt()).toBe(100)
      expect(await contactSources.claim(99, 1000)).toBeUndefined()
      expect(await contactSources.claim(100, 1000)).toMatchObject({ id, startedAt: 100, nextAt: 1000 })
      expect(await contactSources.claim(100, 1000)).toBeUndefined()
      expect(await contactSources.claim(100, 1000, id)).toBeUndefined()
      await contactSources.set(id, { startedAt: null, nextAt: 700 })
      expect(await contactSources.claim(200, 1000, id)).toMatchObject({ id, startedAt: 200 })
      // Whoever had it has died.
      expect(await contactSources.claim(1000, 2000, id)).toMatchObject({ id, startedAt: 1000 })
      expect(await contactSources.claim(1000, 2000, 'none')).toBeUndefined()
    })

    it('keep their cards, and know whose contacts are theirs', async () => {
      const { contactSources, contacts } = current()
      const { id: sourceId } = await contactSources.add(CLOUD)
      const ada = await contacts.add({ name: 'Ada', note: '', numbers: ['1'] })
      const card: SourcedCard = {
        ...{ sourceId, href: '/a/1.vcf', book: '/a/', uid: 'u1', etag: '"1"', leftOut: [] },
        card: { name: 'Ada', note: '', numbers: ['1'] },
        contactId: ada.id,
      }
      const bare = { ...card, href: '/a/2.vcf', uid: 'u0', contactId: null, leftOut: ['2'] }
      await contactSources.putCard(card)
      await contactSources.putCard(bare)
      expect(await contactSources.cards(sourceId)).toEqual([bare, card])
      await contactSources.putCard({ ...card, etag: '"2"' })
      expect((await contactSources.cards(sourceId))[1]).toEqual({ ...card, etag: '"2"' })
      expect([...(await contactSources.sourcesOf([ada.id, 'other']))]).toEqual([
        [ada.id, { id: sourceId, name: 'cloud' }],
      ])
      expect(await contactSources.sourcesOf([])).toEqual(new Map())
      await contactSources.removeCard(sourceId, '/a/2.vcf')
      await contacts.remove(ada.id)
      expect(await contactSources.cards(sourceId)).toMatchObject([{ href: '/a/1.vcf', contactId: null }])
      // Its contact went in this very moment, or its source.
      await contactSources.putCard({ ...card, href: '/a/3.vcf' })
      expect(await contactSources.cards(sourceId)).toHaveLength(1)
      await contactSources.remove(sourceId)
      await contactSources.putCard(bare)
      expect(await contactSources.cards(sourceId)).toEqual([])
    })
  })

  describe('notes on callers who are no contacts', () => {
    it('are of a number, however it is written, and go when they are empty', async () => {
      const { callerNotes } = current()
      await callerNotes.set(number('030 1234567', '+49301234567'), 'sells tiles')
      const kept = { number: '+49301234567', note: 'sells tiles' }
      expect(await callerNotes.get(number('+49301234567', '+49301234567'))).toEqual(kept)
      expect(await callerNotes.get(number('0301234567'))).toEqual(kept)
      expect(await callerNotes.get(number('+43301234567'))).toBeUndefined()
      await callerNotes.set(number('+47 22 12 34 56', '+4722123456'), 'from Oslo')
      expect(await callerNotes.get(number('+14722123456', '+14722123456'))).toBeUndefined()
      await callerNotes.set(number('0301234567'), 'sells carpets')
      expect((await callerNotes.get(number('0301234567')))?.note).toBe('sells carpets')
      await callerNotes.set(number('+49301234567'), '')
      expect(await callerNotes.get(number('0301234567'))).toBeUndefined()
    })

    it('are what their calls and messages are found by', async () => {
      const { callerNotes, calls, messages } = current()
      const { mailbox } = await homeOf(current())
      const from = (callerNumber: string) => ({ callerNumber, callerName: null })
      for (const [id, called] of [
        ['a', '+49301234567'],
        ['b', '+49401234567'],
      ] as const) {
        await calls.add(callRow(id, from(called)))
        await messages.add(messageRow(mailbox.id, id, from(called)))
      }
      await callerNotes.set(number('030 1234567', '+49301234567'), 'sells Tïles')
      const found = async (q: string) => [
        (await calls.list({ q, limit: 9 })).rows.map(({ id }) => id).join(' '),
        (await messages.list({ q, limit: 9 })).rows.map(({ id }) => id).join(' '),
      ]
      expect(await found('tiles')).toEqual(['a', 'a'])
      expect(await found('carpets')).toEqual(['', ''])
    })

    it('and all calls and messages of several numbers are found at once', async () => {
      const { calls, messages } = current()
      const { mailbox } = await homeOf(current())
      for (const [id, callerNumber] of [
        ['a', '+49301234567'],
        ['b', '+491717654321'],
        ['c', '+49401234567'],
      ] as const) {
        await calls.add(callRow(id, { callerNumber }))
        await messages.add(messageRow(mailbox.id, id, { callerNumber }))
      }
      const of = async (...numbers: string[]) => {
        const query = { callers: numbers.map((each) => number(each)), limit: 9 }
        const rows = [...(await calls.list(query)).rows, ...(await messages.list(query)).rows]
        return rows.map(({ id }) => id).join(' ')
      }
      expect(await of('030 1234567', '0171 7654321')).toBe('b a b a')
      expect(await of('040 1234567')).toBe('c c')
      expect(await of()).toBe('')
    })
  })
}
