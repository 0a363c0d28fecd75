import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { callRow, homeOf, messageRow, NOON } from './sample-rows.contract.ts'

export function describeCalls(current: () => Store): void {
  describe('calls', () => {
    it('arrive and end', async () => {
      const { calls } = current()
      await calls.add(callRow('a'))
      expect(await calls.get('a')).toEqual(callRow('a'))
      const end = {
        answeredAt: NOON + 1,
        endedAt: NOON + 2,
        outcome: 'hung-up',
        messageId: null,
        encrypted: 'sound',
      } as const
      await calls.end('a', end)
      expect(await calls.get('a')).toEqual({ ...callRow('a'), ...end })
      expect(await calls.get('b')).toBeUndefined()
    })

    it('keep what their callers had to pass, how that went, and the name that was said', async () => {
      const { calls } = current()
      const gate = { kind: 'name', went: null, name: null } as const
      await calls.add(callRow('a', { gate }))
      await calls.add(callRow('b', { gate: { kind: 'key', went: 'failed', name: null } }))
      await calls.add(callRow('c'))
      expect(await calls.get('a')).toMatchObject({ gate })
      const name = { takeId: 't', file: '2026/11/t.wav', durationMs: 900, words: null }
      expect(await calls.nameSaid('a', name)).toBe(true)
      expect(await calls.nameSaid('gone', name)).toBe(false)
      await calls.gateOver('a', 'passed')
      expect((await calls.list({ limit: 9 })).rows.map((call) => call.gate)).toEqual(
        expect.arrayContaining([
          { kind: 'name', went: 'passed', name },
          { kind: 'key', went: 'failed', name: null },
          null,
        ]),
      )
      expect(await calls.nameFiles('')).toEqual([{ id: 'a', file: '2026/11/t.wav' }])
      expect(await calls.nameFiles('a')).toEqual([])
    })

    it('are listed newest first, by line, by caller and in pages', async () => {
      const { calls } = current()
      await calls.add(callRow('a', { lineId: 'one' }))
      await calls.add(callRow('b', { lineId: 'two', callerName: 'Ännchen', arrivedAt: NOON + 1 }))
      await calls.add(callRow('c', { lineId: 'two', callerNumber: null, arrivedAt: NOON + 2 }))
      const ids = async ({ caller, ...query }: { q?: string; lineId?: string; caller?: string }) =>
        (
          await calls.list({
            limit: 50,
            ...query,
            ...(caller && { callers: [{ number: caller, e164: null }] }),
          })
        ).rows
          .map(({ id }) => id)
          .join(' ')
      expect(await ids({})).toBe('c b a')
      expect(await ids({ lineId: 'two' })).toBe('c b')
      expect(await ids({ q: '030 123' })).toBe('b a')
      expect(await ids({ q: 'annchen', lineId: 'two' })).toBe('b')

      const caller = callRow('a').callerNumber ?? ''
      expect(await ids({ caller })).toBe('b a')
      expect(await ids({ caller, lineId: 'two' })).toBe('b')
      expect(await ids({ caller: caller.slice(0, -1) })).toBe('')
      for (const written of ['0049 30 1234567', '030/1234567', '49301234567'])
        expect(await ids({ caller: written })).toBe('b a')
      expect(await ids({ caller: '+49 40 1234567' })).toBe('')

      const first = await calls.list({ limit: 2 })
      expect(first.rows.map(({ id }) => id)).toEqual(['c', 'b'])
      const second = await calls.list({ limit: 2, cursor: first.nextCursor ?? '' })
      expect(second).toMatchObject({ rows: [{ id: 'a' }], nextCursor: null })
    })

    it('of a caller are the same on every line that has a country, and those of before by how they end', async () => {
      const { calls, messages } = current()
      const { mailbox } = await homeOf(current())
      const berlin = { callerNumber: '1234567', callerE164: '+49301234567' }
      await calls.add(callRow('old', { callerNumber: '030 1234567' }))
      await calls.add(callRow('local', { ...berlin, arrivedAt: NOON + 1 }))
      await calls.add(
        callRow('vienna', { callerNumber: '1234567', callerE164: '+4311234567', arrivedAt: NOON + 2 }),
      )
      // It is how the other ends.
      const greek = { callerNumber: '+301234567', callerE164: '+301234567' }
      await calls.add(callRow('greek', { ...greek, arrivedAt: NOON - 1 }))
      await messages.add(messageRow(mailbox.id, 'said', berlin))
      const asked = { callers: [{ number: '+49301234567', e164: '+49301234567' }], limit: 9 }
      expect((await calls.list(asked)).rows.map(({ id }) => id)).toEqual(['local', 'old'])
      expect((await messages.list(asked)).rows).toMatchObject([{ id: 'said', ...berlin }])
      // Nobody can know whose it is without a country.
      const unknown = { callers: [{ number: '1234567', e164: null }], limit: 9 }
      expect((await calls.list(unknown)).rows.map(({ id }) => id)).toEqual([
        'vienna',
        'local',
        'old',
        'greek',
      ])
    })

    it('of some callers are forgotten, some at a time, but for what goes on', async () => {
      const { calls } = current()
      const over = { answeredAt: null, endedAt: NOON, outcome: 'abandoned', messageId: null } as const
      const name = { takeId: 't', file: '2026/11/t.wav', durationMs: 900, words: null }
      const theirs = { callerNumber: '030 1234567', callerE164: '+49301234567' }
      const others = { callerNumber: '+49401234567', callerE164: '+49401234567' }
      for (const id of ['a', 'b']) await calls.add(callRow(id, theirs))
      await calls.add(callRow('other', others))
      await calls.add(callRow('withheld', { callerNumber: null }))
      for (const id of ['a', 'b', 'other', 'withheld']) await calls.end(id, over)
      await calls.add(callRow('now', theirs))
      await calls.nameSaid('a', name)
      const asked = [{ number: '030/1234567', e164: '+49301234567' }]
      expect(await calls.removeOf([], 9)).toEqual([])
      const gone = [await calls.removeOf(asked, 1), await calls.removeOf(asked, 9)]
      expect(gone.map(({ length }) => length)).toEqual([1, 1])
      expect(gone.flat().toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
        { id: 'a', name },
        { id: 'b', name: null },
      ])
      expect(await calls.removeOf(asked, 9)).toEqual([])
      const left = (await calls.list({ limit: 9 })).rows.map(({ id }) => id)
      expect(left.toSorted()).toEqual(['now', 'other', 'withheld'])
    })

    it('that are old are forgotten with the names that were said in them, but for what goes on', async () => {
      const { calls } = current()
      const over = { answeredAt: null, endedAt: NOON, outcome: 'abandoned', messageId: null } as const
      const name = { takeId: 't', file: '2026/11/t.wav', durationMs: 900, words: null }
      for (const id of ['named', 'plain', 'now']) await calls.add(callRow(id))
      await calls.add(callRow('young', { arrivedAt: NOON + 1 }))
      for (const id of ['named', 'plain', 'young']) await calls.end(id, over)
      for (const id of ['named', 'now', 'young']) await calls.nameSaid(id, name)
      expect(await calls.removeBefore(NOON)).toEqual([])
      const gone = await calls.removeBefore(NOON + 1)
      expect(gone.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
        { id: 'named', name },
        { id: 'plain', name: null },
      ])
      expect((await calls.list({ limit: 9 })).rows.map(({ id }) => id)).toEqual(['young', 'now'])
    })

    it('keep what the line said of the caller, and what was found out of it', async () => {
      const { calls } = current()
      const said = [
        { header: 'From', value: '"Ä" <sip:1@x>', number: '1', name: 'Ä', reason: null },
        { header: 'Diversion', value: '<sip:2@x>', number: '2', name: null, reason: 'no-answer' },
      ] as const
      await calls.add(callRow('a', { said }))
      expect(await calls.get('a')).toMatchObject({ said, attestation: null })
      const attestation = { verdict: 'passed', level: 'A', by: 'signature' } as const
      await calls.attest('a', attestation)
      expect(await calls.get('a')).toMatchObject({ said, attestation })
      expect((await calls.list({ limit: 1 })).rows).toMatchObject([{ id: 'a', attestation }])
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
