import { describe, expect, it } from 'vitest'
import type { BatchAct, Message, MessageQuery } from '../model.ts'
import type { Store } from '../store.ts'
import { homeOf, messageRow, NOON } from './sample-rows.contract.ts'

const MINUTE = 60_000

export function describeMessages(current: () => Store): void {
  const withMessages = async (...changes: (Partial<Message> & { id: string })[]) => {
    const { mailbox } = await homeOf(current())
    for (const change of changes) await current().messages.add(messageRow(mailbox.id, change.id, change))
    return mailbox
  }
  const ids = async (query: Partial<MessageQuery> = {}) =>
    (await current().messages.list({ limit: 50, ...query })).rows.map(({ id }) => id).join(' ')

  describe('messages', () => {
    it('come back as they were put, and only once', async () => {
      const mailbox = await withMessages({ id: 'a', cutOff: true, note: 'call back' })
      const row = messageRow(mailbox.id, 'a', { cutOff: true, note: 'call back' })
      expect(await current().messages.get('a')).toEqual(row)
      await current().messages.markHeard('a', NOON)
      await current().messages.add(row)
      expect(await current().messages.get('a')).toEqual({ ...row, state: 'heard', heardAt: NOON })
      expect(await current().messages.get('b')).toBeUndefined()
    })

    it('are listed newest first, without the trash unless it is asked for', async () => {
      await withMessages(
        { id: 'old', receivedAt: NOON - MINUTE, state: 'heard' },
        { id: 'b', receivedAt: NOON },
        { id: 'a', receivedAt: NOON },
        { id: 'gone', state: 'trash', stateBeforeTrash: 'new', trashedAt: NOON },
      )
      expect(await ids()).toBe('b a old')
      expect(await ids({ states: ['new'] })).toBe('b a')
      expect(await ids({ states: ['trash'] })).toBe('gone')
      expect(await ids({ states: ['trash', 'heard', 'new', 'new'] })).toBe('gone b a old')
      expect(await ids({ states: [] })).toBe('')
    })

    it('are listed by who left them', async () => {
      await withMessages(
        { id: 'a', callerNumber: '+4420' },
        { id: 'b', callerNumber: '+4420', state: 'heard', receivedAt: NOON - MINUTE },
        { id: 'c', callerNumber: '+44201' },
        { id: 'd', callerNumber: null },
      )
      expect(await ids({ callers: [{ number: '+4420', e164: null }] })).toBe('a b')
      expect(await ids({ callers: [{ number: '+4420', e164: null }], states: ['heard'] })).toBe('b')
      expect(await ids({ callers: [{ number: '', e164: null }] })).toBe('')
    })

    it('are listed by mailbox and by date', async () => {
      const mailbox = await withMessages(
        { id: 'a', receivedAt: NOON },
        { id: 'b', receivedAt: NOON + MINUTE },
        { id: 'c', receivedAt: NOON + 2 * MINUTE },
      )
      expect(await ids({ mailboxId: mailbox.id })).toBe('c b a')
      expect(await ids({ mailboxId: 'other' })).toBe('')
      expect(await ids({ receivedFrom: NOON + MINUTE })).toBe('c b')
      expect(await ids({ receivedBefore: NOON + MINUTE })).toBe('a')
      expect(await ids({ receivedFrom: NOON + MINUTE, receivedBefore: NOON + 2 * MINUTE })).toBe('b')
    })

    it('come in pages that neither skip nor repeat, even when some arrive or go meanwhile', async () => {
      const mailbox = await withMessages(
        ...Array.from({ length: 7 }, (_, n) => ({
          id: `m${n}`,
          receivedAt: NOON + Math.floor(n / 2),
          state: n % 3 === 0 ? ('heard' as const) : ('new' as const),
        })),
      )
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page = await current().messages.list({ limit: 2, ...(cursor === null ? {} : { cursor }) })
        seen.push(...page.rows.map(({ id }) => id))
        cursor = page.nextCursor
        await current().messages.add(
          messageRow(mailbox.id, `late${seen.length}`, { receivedAt: NOON + MINUTE }),
        )
      } while (cursor !== null)
      expect(seen).toEqual(['m6', 'm5', 'm4', 'm3', 'm2', 'm1', 'm0'])
      await expect(ids({ cursor: 'made up' })).rejects.toMatchObject({ code: 'AP_INPUT_INVALID' })
    })

    it('are listed from any place on, and counted in all', async () => {
      const mailbox = await withMessages(
        ...Array.from({ length: 9 }, (_, n) => ({
          id: `m${n}`,
          receivedAt: NOON + Math.floor(n / 2),
          state: n % 3 === 0 ? ('heard' as const) : ('new' as const),
        })),
        { id: 'gone', state: 'trash', stateBeforeTrash: 'new', trashedAt: NOON },
      )
      const from = async (skip: number, query: Partial<MessageQuery> = {}) => {
        const page = await current().messages.list({ limit: 3, skip, ...query })
        return `${page.rows.map(({ id }) => id.slice(1)).join('')} of ${page.total}`
      }
      expect(await Promise.all([0, 1, 4, 5, 6, 8, 9, 99].map((skip) => from(skip)))).toEqual([
        '876 of 9',
        '765 of 9',
        '432 of 9',
        '321 of 9',
        '210 of 9',
        '0 of 9',
        ' of 9',
        ' of 9',
      ])
      expect(await from(2, { states: ['heard'] })).toBe('0 of 3')
      expect(await from(1, { mailboxId: mailbox.id, states: ['trash', 'new'] })).toBe('754 of 7')
      expect(await from(0, { mailboxId: 'other' })).toBe(' of 0')
      expect(await from(1, { q: '4930' })).toBe('765 of null')
      expect(await from(7, { receivedBefore: NOON + 4 })).toBe('0 of null')
      expect(await from(0, { states: [] })).toBe(' of 0')
      const { nextCursor } = await current().messages.list({ limit: 2 })
      expect(await from(2, { cursor: nextCursor ?? '' })).toBe('432 of 9')
    })

    it.each([
      ['part of the number', '3012', 'a'],
      ['the number with separators', '+49 (30) 123-4567', 'a'],
      ['the number in national form', '030 1234567', 'a'],
      ['part of the name, in any case and without its accents', 'jurgen', 'a'],
      ['the name as it is written', 'Jürgen', 'a'],
      ['part of the note', 'seven o', 'b'],
      ['two letters', 'ün', 'c'],
      ['what several have', 'o', 'd c b a'],
      ['what SQL or the index could take for syntax', '100%_" OR *\'\\', 'd'],
      ['nothing that is there', 'xyz', ''],
      ['blanks: everything', '  ', 'd c b a'],
    ])('are found by %s', async (_, q, found) => {
      await withMessages(
        { id: 'a' },
        {
          id: 'b',
          callerName: null,
          callerNumber: 'anonymous',
          note: 'At seven o’clock',
          receivedAt: NOON + 1,
        },
        { id: 'c', callerName: 'Günther Oh', callerNumber: null, receivedAt: NOON + 2 },
        { id: 'd', callerName: null, callerNumber: null, note: '100%_" OR *\'\\ ', receivedAt: NOON + 3 },
      )
      expect(await ids({ q })).toBe(found)
    })

    it('are found by a note that was changed, and no longer by the one before', async () => {
      await withMessages({ id: 'a', note: 'plumber' })
      expect(await current().messages.setNote('a', 'gardener')).toMatchObject({ note: 'gardener' })
      expect(await ids({ q: 'plumber' })).toBe('')
      expect(await ids({ q: 'gardener' })).toBe('a')
      await current().messages.purge('a')
      expect(await ids({ q: 'gardener' })).toBe('')
      expect(await current().messages.setNote('a', 'gone')).toBeUndefined()
    })

    it('are heard and new again', async () => {
      const { messages } = current()
      await withMessages({ id: 'a' })
      expect(await messages.markHeard('a', NOON)).toMatchObject({ state: 'heard', heardAt: NOON })
      expect(await messages.markHeard('a', NOON + 1)).toMatchObject({ state: 'heard', heardAt: NOON })
      expect(await messages.markNew('a', NOON)).toMatchObject({ state: 'new', heardAt: NOON })
      expect(await messages.markHeard('a', NOON + 2)).toMatchObject({ state: 'heard', heardAt: NOON })
      expect(await messages.markHeard('b', NOON)).toBeUndefined()
    })

    it('that were picked up are never new, and kept when the owner says so', async () => {
      const { messages } = current()
      await withMessages(
        { id: 'a', state: 'heard', pickedUp: 'asked' },
        { id: 'b', state: 'heard', pickedUp: 'kept', kind: 'conversation' },
      )
      expect(await messages.markNew('a', NOON)).toMatchObject({
        state: 'heard',
        pickedUp: 'asked',
        kind: 'message',
      })
      expect(await messages.keepPickedUp('a')).toMatchObject({ pickedUp: 'kept' })
      expect(await messages.keepPickedUp('a')).toMatchObject({ pickedUp: 'kept' })
      expect(await messages.keepPickedUp('c')).toBeUndefined()
      expect(await messages.get('b')).toMatchObject({ pickedUp: 'kept', kind: 'conversation' })
    })

    it('go to the trash unheard and come back as they were', async () => {
      const { messages } = current()
      await withMessages({ id: 'a' })
      const trashed = { state: 'trash', stateBeforeTrash: 'new', trashedAt: NOON }
      expect(await messages.trash('a', NOON)).toMatchObject(trashed)
      expect(await messages.trash('a', NOON + 1)).toMatchObject(trashed)
      expect(await messages.markHeard('a', NOON)).toMatchObject(trashed)
      const restored = { state: 'new', stateBeforeTrash: null, trashedAt: null }
      expect(await messages.restore('a', NOON)).toMatchObject(restored)
      expect(await messages.restore('a', NOON)).toMatchObject(restored)
    })

    it('are changed many at once, but for those that it does not fit', async () => {
      const { messages } = current()
      await withMessages(
        { id: 'a' },
        { id: 'b', state: 'heard', heardAt: NOON },
        { id: 'c', state: 'heard', pickedUp: 'kept' },
        { id: 'd', state: 'trash', stateBeforeTrash: 'new', trashedAt: NOON },
      )
      const all = ['a', 'b', 'c', 'd', 'gone']
      const changed = async (act: BatchAct, which = all) =>
        (await messages.changeAll(act, which, NOON + 1)).map(({ id }) => id).sort()
      expect(await changed('heard')).toEqual(['a'])
      expect(await messages.get('a')).toMatchObject({ state: 'heard', heardAt: NOON + 1 })
      expect(await changed('new')).toEqual(['a', 'b'])
      expect(await messages.get('b')).toMatchObject({ state: 'new', heardAt: NOON })
      expect(await changed('trash', ['a', 'c', 'd'])).toEqual(['a', 'c'])
      expect(await messages.get('c')).toMatchObject({ state: 'trash', trashedAt: NOON + 1 })
      expect(await changed('restore', ['a', 'b'])).toEqual(['a'])
      expect(await changed('purge')).toEqual(['c', 'd'])
      expect(await ids({ states: ['new', 'heard', 'trash'] })).toBe('b a')
      expect(await messages.counts()).toEqual([expect.objectContaining({ state: 'new', count: 2 })])
      expect(await changed('trash', [])).toEqual([])
    })

    it('may be junk: counted for itself, listed when it is asked for, heard or not, in the trash and back', async () => {
      const { messages } = current()
      await withMessages(
        { id: 'a' },
        { id: 'b', state: 'junk' },
        { id: 'c', state: 'heard', heardAt: NOON },
        { id: 'd', state: 'heard', pickedUp: 'kept' },
      )
      expect(await ids({})).toBe('d c a')
      expect(await ids({ states: ['junk'] })).toBe('b')
      expect(await messages.markHeard('b', NOON + 1)).toMatchObject({ state: 'junk' })
      expect(await messages.markNew('b', NOON + 1)).toMatchObject({ state: 'junk' })
      expect(await messages.markJunk('a', NOON + 1)).toMatchObject({ state: 'junk' })
      expect(await messages.markNotJunk('a', NOON + 2)).toMatchObject({ state: 'new' })
      const changed = async (act: BatchAct) =>
        (await messages.changeAll(act, ['a', 'b', 'c', 'd'], NOON + 3)).map(({ id }) => id).sort()
      expect(await changed('junk')).toEqual(['a', 'c', 'd'])
      expect(await messages.counts()).toEqual([expect.objectContaining({ state: 'junk', count: 4 })])
      expect(await messages.trash('b', NOON + 4)).toMatchObject({ stateBeforeTrash: 'junk' })
      expect(await messages.restore('b', NOON + 5)).toMatchObject({ state: 'junk' })
      expect(await changed('not-junk')).toEqual(['a', 'b', 'c', 'd'])
      expect(await ids({ states: ['new'] })).toBe('b a')
      expect(await ids({ states: ['heard'] })).toBe('d c')
    })

    it('tell what machine left them, until the owner says that it was none', async () => {
      const { messages } = current()
      await withMessages(
        { id: 'a', state: 'junk', junkReason: 'fax' },
        { id: 'b', state: 'junk', junkReason: 'tones' },
        { id: 'c', state: 'junk' },
      )
      expect(await messages.get('a')).toMatchObject({ junkReason: 'fax' })
      await messages.trash('b', NOON + 1)
      expect(await messages.restore('b', NOON + 2)).toMatchObject({ state: 'junk', junkReason: 'tones' })
      expect(await messages.markNotJunk('a', NOON + 3)).toMatchObject({ state: 'new', junkReason: null })
    })

    it('are purged from the trash, oldest first', async () => {
      const { messages } = current()
      const mailbox = await withMessages(
        { id: 'a', state: 'trash', stateBeforeTrash: 'new', trashedAt: NOON + 1 },
        { id: 'b', state: 'trash', stateBeforeTrash: 'heard', trashedAt: NOON },
        { id: 'c' },
      )
      const trashedBefore = async (at: number) =>
        (await messages.agedBefore(mailbox.id, 'trash', at)).map(({ id }) => id)
      expect(await trashedBefore(NOON + 2)).toEqual(['b', 'a'])
      expect(await trashedBefore(NOON + 1)).toEqual(['b'])
      expect(await messages.agedBefore('other', 'trash', NOON + 2)).toEqual([])
      await messages.purge('b')
      expect(await messages.get('b')).toBeUndefined()
      expect(await messages.files('')).toEqual([
        { id: 'a', file: 'a.wav', receivedAt: NOON },
        { id: 'c', file: 'c.wav', receivedAt: NOON },
      ])
      expect(await messages.files('c')).toEqual([])
    })

    it('age in each state anew, and after a restore', async () => {
      const { messages } = current()
      const mailbox = await withMessages({ id: 'a' })
      const age = async () => {
        for (let at = NOON; at < NOON + 9; at++)
          for (const state of ['new', 'heard', 'trash'] as const)
            if ((await messages.countAgedBefore(mailbox.id, state, at + 1)) === 1)
              return `${state} ${at - NOON}`
        return 'none'
      }
      expect(await age()).toBe('new 0')
      await messages.markHeard('a', NOON + 1)
      await messages.markHeard('a', NOON + 2)
      expect(await age()).toBe('heard 1')
      await messages.trash('a', NOON + 3)
      expect(await age()).toBe('trash 3')
      await messages.restore('a', NOON + 4)
      expect(await age()).toBe('heard 4')
      await messages.markNew('a', NOON + 5)
      expect(await age()).toBe('new 5')
      await messages.changeAll('heard', ['a'], NOON + 6)
      expect(await age()).toBe('heard 6')
    })

    it('age from when they came where that is later than when they were left, and come back as left', async () => {
      const { messages } = current()
      const mailbox = await withMessages()
      const row = messageRow(mailbox.id, 'a')
      await messages.add(row, NOON + 5)
      expect(await messages.get('a')).toEqual(row)
      expect(await messages.countAgedBefore(mailbox.id, 'new', NOON + 5)).toBe(0)
      expect(await messages.countAgedBefore(mailbox.id, 'new', NOON + 6)).toBe(1)
    })

    it('are counted by mailbox and state through all that happens to them', async () => {
      const { messages } = current()
      const mailbox = await withMessages({ id: 'a' }, { id: 'b' }, { id: 'c' })
      await messages.add(messageRow(mailbox.id, 'c'))
      await messages.markHeard('b', NOON)
      await messages.trash('c', NOON)
      const counts = async () =>
        Object.fromEntries((await messages.counts()).map(({ state, count }) => [state, count]))
      expect(await counts()).toEqual({ new: 1, heard: 1, trash: 1 })
      await messages.purge('c')
      await messages.markHeard('a', NOON)
      expect(await counts()).toEqual({ heard: 2 })
      expect(await messages.counts()).toEqual([{ mailboxId: mailbox.id, state: 'heard', count: 2 }])
    })

    it('are counted together by how many and how long they are, new and heard, through all that happens to them', async () => {
      const { messages } = current()
      expect(await messages.held()).toEqual([])
      const mailbox = await withMessages(
        { id: 'a', durationMs: 1000 },
        { id: 'b', durationMs: 20_000 },
        { id: 'c', durationMs: 300_000 },
      )
      const held = async () => (await messages.held()).map(({ messages: many, ms }) => [many, ms])
      expect(await messages.held()).toEqual([{ mailboxId: mailbox.id, messages: 3, ms: 321_000 }])
      await messages.markHeard('b', NOON)
      expect(await held()).toEqual([[3, 321_000]])
      await messages.changeAll('junk', ['a'], NOON)
      expect(await held()).toEqual([[2, 320_000]])
      await messages.trash('c', NOON)
      expect(await held()).toEqual([[1, 20_000]])
      await messages.restore('c', NOON)
      await messages.trash('b', NOON)
      await messages.purge('b')
      expect(await held()).toEqual([[1, 300_000]])
      await messages.trash('c', NOON)
      expect(await messages.held()).toEqual([])
    })
  })
}
