import { describe, expect, it } from 'vitest'
import type { Message } from '../model.ts'
import type { Store } from '../store.ts'
import { homeOf, messageRow, NOON } from './sample-rows.contract.ts'

const MINUTE = 60_000

/** What was said in messages: who is to write it down, and how it is found. */
export function describeTranscripts(current: () => Store): void {
  const withMessages = async (...changes: (Partial<Message> & { id: string })[]) => {
    const { mailbox } = await homeOf(current())
    for (const change of changes) await current().messages.add(messageRow(mailbox.id, change.id, change))
    return mailbox
  }
  const say = async (id: string, text: string) => {
    await current().transcripts.add(id, NOON)
    await current().transcripts.settle(id, { state: 'done', text, nextAt: null })
  }
  const found = async (q: string) =>
    (await current().messages.list({ limit: 50, q })).rows.map(({ id }) => id).join(' ')

  describe('transcripts', () => {
    it('are not asked for where a machine left nothing that can be written down', async () => {
      const { transcripts } = current()
      await withMessages(
        ...(['fax', 'silence', 'tones', 'recorded', null] as const).map((junkReason) => ({
          id: `${junkReason}`,
          junkReason,
        })),
      )
      for (const id of ['fax', 'silence', 'tones', 'recorded', 'null']) await transcripts.add(id, NOON)
      expect(await transcripts.counts()).toEqual([{ state: 'waiting', count: 2 }])
      expect([...(await transcripts.ofMessages(['fax', 'recorded', 'null'])).keys()].sort()).toEqual([
        'null',
        'recorded',
      ])
    })

    it('come back as they were settled, and go with their message', async () => {
      const { transcripts, messages } = current()
      await withMessages({ id: 'a', state: 'trash', stateBeforeTrash: 'new', trashedAt: NOON })
      await transcripts.add('a', NOON + 5)
      await transcripts.add('gone', NOON)
      const none = { by: null, language: null, problem: null, endedAt: null }
      expect(await transcripts.get('a')).toEqual({
        ...{ messageId: 'a', receivedAt: NOON, state: 'waiting', text: '', segments: [], tries: 0 },
        ...{ nextAt: NOON + 5, detail: '', ...none },
      })
      expect(await transcripts.get('gone')).toBeUndefined()
      const segments = [{ text: 'Hello', startMs: 120, endMs: 480, confidence: 0.5 }]
      const outcome = { text: 'Hello', segments, language: 'en', by: 'command', endedAt: NOON, nextAt: null }
      await transcripts.settle('a', { state: 'done', ...outcome })
      expect((await transcripts.ofMessages(['a', 'b'])).get('a')).toMatchObject({ state: 'done', ...outcome })
      expect(await transcripts.counts()).toEqual([{ state: 'done', count: 1 }])
      await messages.purge('a')
      expect(await transcripts.get('a')).toBeUndefined()
      expect(await transcripts.settle('a', { state: 'failed' })).toBeUndefined()
      expect(await found('hello')).toBe('')
    })

    it('are taken the newest message first, by one alone, and again after the lease', async () => {
      const { transcripts } = current()
      await withMessages({ id: 'old', receivedAt: NOON - MINUTE }, { id: 'new' }, { id: 'later' })
      for (const id of ['old', 'new']) await transcripts.add(id, NOON)
      await transcripts.add('later', NOON + 9)
      expect(await transcripts.nextAt()).toBe(NOON)
      const taken = await Promise.all([1, 2, 3].map(() => transcripts.claim(NOON, NOON + 60)))
      expect(taken.map((row) => row?.messageId).toSorted()).toEqual(['new', 'old', undefined])
      expect(await transcripts.claim(NOON + 9, NOON + 60)).toMatchObject({ messageId: 'later', tries: 1 })
      await transcripts.settle('new', { state: 'failed', nextAt: null, problem: 'AP_X', detail: 'why' })
      expect(await transcripts.claim(NOON + 60, NOON + 90)).toMatchObject({ messageId: 'later', tries: 2 })
      expect(await transcripts.claim(NOON + 60, NOON + 90)).toMatchObject({ messageId: 'old', tries: 2 })
      expect(await transcripts.claim(NOON + 60, NOON + 90)).toBeUndefined()
      const again = { state: 'waiting', tries: 0, problem: null, detail: '' }
      expect(await transcripts.again('new', NOON + 60)).toMatchObject(again)
      expect(await transcripts.again('gone', NOON)).toBeUndefined()
      expect(await transcripts.nextAt()).toBe(NOON + 60)
    })

    it('are written of what was received since then and has none, unless it is in the trash', async () => {
      const { transcripts } = current()
      await withMessages(
        { id: 'before', receivedAt: NOON - 1 },
        { id: 'a' },
        { id: 'has' },
        { id: 'trash', state: 'trash', stateBeforeTrash: 'new', trashedAt: NOON },
      )
      await say('has', 'it')
      expect(await transcripts.addMissing(NOON, NOON + 1)).toBe(1)
      expect(await transcripts.addMissing(NOON, NOON + 1)).toBe(0)
      expect(await transcripts.get('a')).toMatchObject({ state: 'waiting', nextAt: NOON + 1 })
      expect(await transcripts.addMissing(0, NOON + 1)).toBe(1)
    })

    it('have messages found by all of the words that are sought, the last of them perhaps begun', async () => {
      await withMessages(
        { id: 'a' },
        { id: 'b', receivedAt: NOON - MINUTE },
        { id: 'silent', note: 'garden' },
      )
      await say('a', "It’s Mr. Gärtner – we meet at SEVEN o'clock; my number is 040 / 65 43 21.")
      await say('b', 'Nobody is home at seven.')
      for (const [q, ids] of [
        ['seven', 'a b'],
        ['SEV', 'a b'],
        ['seven home', 'b'],
        ['home seven', 'b'],
        ['seven hom', 'b'],
        ['hom seven', ''],
        ['gartner', 'a'],
        ['Gärtner meet', 'a'],
        ['gar', 'silent a'],
        ['04065432', 'a'],
        ['even', ''],
        ['nobody garden', ''],
      ] as const)
        expect([q, await found(q)]).toEqual([q, ids])
    })

    it('are found together with the name and the note, as they are now', async () => {
      const { messages, transcripts } = current()
      await withMessages({ id: 'a', note: 'roof' })
      await say('a', 'the rain comes in')
      expect(await found('jurgen roof rain')).toBe('a')
      await messages.setNote('a', 'attic')
      expect(await found('roof rain')).toBe('')
      expect(await found('attic rain')).toBe('a')
      await transcripts.settle('a', { text: 'the train comes in' })
      expect(await found('rain')).toBe('')
      expect(await found('attic train')).toBe('a')
      expect(await found('attic rain')).toBe('')
      await messages.markHeard('a', NOON)
      await messages.trash('a', NOON)
      expect((await messages.list({ q: 'train', states: ['trash'], limit: 1 })).rows).toHaveLength(1)
    })

    it('take whatever is typed for words, and never for syntax', async () => {
      await withMessages({ id: 'a' })
      await say('a', 'NEAR AND not or quote star')
      for (const q of [
        '"',
        "'",
        '*',
        'z"*',
        "z':*",
        '(',
        'NEARER(',
        'zol:x',
        '^',
        '-',
        '\\',
        '&',
        '!z',
        '%',
        '_',
      ])
        expect([q, await found(q)]).toEqual([q, ''])
      expect(await found('and or')).toBe('a')
      expect(await found('near AND not* "quote star"')).toBe('a')
      expect(await found('x'.repeat(5000))).toBe('')
    })

    it('go with a copy of the message', async () => {
      const mailbox = await withMessages({ id: 'a' })
      await say('a', 'the rain')
      await current().messages.add(messageRow(mailbox.id, 'copy', { callerName: 'Ruth' }))
      await current().transcripts.copy('a', 'copy')
      expect(await current().transcripts.get('copy')).toMatchObject({ state: 'done', text: 'the rain' })
      expect(await found('ruth rain')).toBe('copy')
    })

    it('are found whatever their number, common words too', async () => {
      const mailbox = await withMessages()
      for (let n = 0; n < 30; n++) {
        await current().messages.add(messageRow(mailbox.id, `m${n}`, { receivedAt: NOON + n }))
        await say(`m${n}`, `common words ${n % 2 ? 'odd' : 'even'} x${n}`)
      }
      const count = async (q: string) => (await current().messages.list({ limit: 50, q })).rows.length
      expect(await Promise.all(['common', 'c', 'common odd', 'x2', 'x29'].map(count))).toEqual([
        30, 30, 15, 11, 1,
      ])
    })
  })
}
