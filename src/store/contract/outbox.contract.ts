import { beforeEach, describe, expect, it } from 'vitest'
import type { Target, TargetEvent } from '../model.ts'
import type { Store } from '../store.ts'
import { callRow, homeOf, messageRow, NOON } from './sample-rows.contract.ts'

const MESSAGES: readonly TargetEvent[] = ['message-new', 'message-heard', 'message-deleted']

export const aTarget = (name: string, change: Partial<Target> = {}) => ({
  kind: 'webhook' as const,
  name,
  url: `https://${name}.example/hook`,
  secret: 'whsec_c2VjcmV0',
  events: MESSAGES,
  enabled: true,
  ntfy: null,
  quiet: null,
  createdAt: NOON,
  ...change,
})

/** Targets, and what waits to be told them. */
export function describeOutbox(current: () => Store): void {
  describe('the outbox', () => {
    let box = ''
    beforeEach(async () => {
      box = (await homeOf(current())).mailbox.id
    })
    const events = async (targetId?: string) =>
      (await current().outbox.list({ limit: 200, ...(targetId && { targetId }) })).map(
        ({ event, subject }) => `${event} ${subject}`,
      )

    it('keeps targets by name, and changes them', async () => {
      const { targets } = current()
      const ntfy = { priority: 4, click: null, attach: false, language: 'de' } as const
      const quiet = [{ days: ['mon'], from: '22:00', to: '07:00' }] as const
      const b = await targets.add(aTarget('b', { kind: 'ntfy', ntfy, quiet, secret: null }))
      const a = await targets.add(aTarget('a'))
      expect(await targets.list()).toEqual([a, b])
      await expect(targets.add(aTarget('a'))).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      await expect(targets.set('b', { name: 'a' })).rejects.toMatchObject({ code: 'AP_NAME_TAKEN' })
      expect(await targets.set('b', { enabled: false })).toEqual({ ...b, enabled: false })
      await targets.tried(a.id, NOON, 'it answers 500')
      expect(await targets.get('a')).toEqual({ ...a, lastTriedAt: NOON, lastProblem: 'it answers 500' })
      await targets.remove('a')
      await expect(targets.remove('a')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
    })

    it('has an event from the very write that it tells of, for each target that wants it and is on', async () => {
      const { targets, messages, calls } = current()
      const all = await targets.add(aTarget('all', { events: [...MESSAGES, 'call-arrived', 'call-ended'] }))
      const few = await targets.add(aTarget('few', { events: ['message-deleted'] }))
      await targets.add(aTarget('off', { enabled: false }))
      await calls.add(callRow('c1'))
      await messages.add(messageRow(box, 'm1'))
      await calls.end('c1', { answeredAt: NOON, endedAt: NOON + 9, outcome: 'message', messageId: 'm1' })
      await messages.markHeard('m1', NOON + 20)
      await messages.markHeard('m1', NOON + 21)
      await messages.changeAll('trash', ['m1'], NOON + 30)
      await messages.restore('m1', NOON + 40)
      expect(await events(all.id)).toEqual([
        'call-arrived c1',
        'message-new m1',
        'call-ended c1',
        'message-heard m1',
        'message-deleted m1',
      ])
      expect(await events(few.id)).toEqual(['message-deleted m1'])
      expect(await events()).toHaveLength(6)
      const [row] = await current().outbox.list({ targetId: few.id, limit: 1 })
      const { seq, id, ...rest } = row ?? { seq: 0, id: '' }
      expect(id.length).toBeGreaterThan(20)
      expect(seq).toBeGreaterThan(0)
      expect(rest).toEqual({
        ...{ targetId: few.id, event: 'message-deleted', subject: 'm1', at: NOON + 30, body: null },
        ...{ state: 'waiting', attempts: 0, waitsSince: NOON + 30, nextTryAt: NOON + 30 },
        ...{ problem: '', endedAt: null },
      })
    })

    it('tells that words are there, with the write that brings them: not of parts, silence, junk or trash', async () => {
      const { targets, messages, transcripts } = current()
      await targets.add(aTarget('words', { events: ['message-transcribed'] }))
      await targets.add(aTarget('all'))
      await targets.add(aTarget('off', { events: ['message-transcribed'], enabled: false }))
      const done = { state: 'done', text: 'Hello', nextAt: null, endedAt: NOON + 7 } as const
      await messages.add(messageRow(box, 'm1'))
      await messages.add(messageRow(box, 'junk', { state: 'junk', junkReason: 'recorded' }))
      await messages.add(messageRow(box, 'silent'))
      await messages.add(messageRow(box, 'trash'))
      await messages.trash('trash', NOON)
      for (const id of ['m1', 'junk', 'silent', 'trash']) await transcripts.add(id, NOON)
      await transcripts.settle('m1', { state: 'partial', text: 'Hel' })
      for (const id of ['m1', 'junk', 'trash']) await transcripts.settle(id, done)
      await transcripts.settle('silent', { ...done, text: '' })
      await transcripts.settle('m1', { detail: 'said once more' })
      const words = async () => (await events()).filter((event) => event.startsWith('message-transcribed'))
      expect(await words()).toEqual(['message-transcribed m1'])
      const told = (await current().outbox.list({ limit: 9 })).find(
        ({ event }) => event === 'message-transcribed',
      )
      expect(told).toMatchObject({ at: NOON + 7, waitsSince: NOON + 7, nextTryAt: NOON + 7, body: null })
      await transcripts.again('m1', NOON + 9)
      await transcripts.settle('m1', { ...done, endedAt: NOON + 10 })
      expect(await words()).toEqual(['message-transcribed m1', 'message-transcribed m1'])
    })

    it('tells nothing of what was never new, nor of what is added twice', async () => {
      const { targets, messages } = current()
      await targets.add(aTarget('all'))
      await messages.add(messageRow(box, 'm1', { state: 'heard', pickedUp: 'kept' }))
      await messages.add(messageRow(box, 'm2'))
      await messages.add(messageRow(box, 'm2'))
      expect(await events()).toEqual(['message-new m2'])
    })

    it('counts from when a message came into its mailbox, not from when it was left elsewhere', async () => {
      const { targets, messages, outbox } = current()
      await targets.add(aTarget('all'))
      await messages.add(messageRow(box, 'left'))
      await messages.add(messageRow(box, 'forwarded'), NOON + 5)
      const times = (await outbox.list({ limit: 9 })).map((row) => [row.at, row.waitsSince, row.nextTryAt])
      expect(times).toEqual([
        [NOON, NOON, NOON],
        [NOON + 5, NOON + 5, NOON + 5],
      ])
    })

    it('gives the first that waits for each target, and steps over what was given up', async () => {
      const { targets, outbox } = current()
      const a = await targets.add(aTarget('a', { events: ['line-lost', 'line-back'] }))
      const b = await targets.add(aTarget('b', { events: ['line-back'] }))
      await outbox.add('line-lost', NOON, '{"n":1}')
      await outbox.add('line-back', NOON + 1, '{"n":2}')
      const heads = async () =>
        (await outbox.heads())
          .map(({ targetId, subject }) => [targetId === a.id ? 'a' : 'b', subject])
          .toSorted()
      expect(await heads()).toEqual([
        ['a', '{"n":1}'],
        ['b', '{"n":2}'],
      ])
      const [first] = await outbox.list({ targetId: a.id, limit: 1 })
      const dead = { state: 'dead', attempts: 5, nextTryAt: NOON, problem: 'no', endedAt: NOON + 5 } as const
      await outbox.settle(first?.id ?? '', dead)
      expect(await heads()).toEqual([
        ['a', '{"n":2}'],
        ['b', '{"n":2}'],
      ])
      expect(await outbox.get(first?.id ?? '')).toEqual({ ...first, ...dead })
      // What is over is not settled anew.
      await outbox.settle(first?.id ?? '', { ...dead, problem: 'later' })
      expect(await outbox.list({ state: 'dead', limit: 9 })).toEqual([{ ...first, ...dead }])
      expect(await outbox.counts()).toHaveLength(3)
      await targets.set('b', { enabled: false })
      expect(await heads()).toEqual([['a', '{"n":2}']])

      expect(await outbox.sendAgain({ id: first?.id ?? '' }, NOON + 60)).toBe(1)
      expect(await heads()).toEqual([['a', '{"n":1}']])
      expect(await outbox.get(first?.id ?? '')).toMatchObject({ waitsSince: NOON + 60, attempts: 0 })
      expect(await outbox.sendAgain({ targetId: a.id }, NOON + 61)).toBe(2)
      expect(await outbox.remove(first?.id ?? '')).toBe(true)
      expect(await outbox.remove(first?.id ?? '')).toBe(false)
      await targets.remove(b.id)
      expect(await events()).toEqual(['line-back {"n":2}'])
    })

    it('has bodies made once, and forgets what was given up long ago', async () => {
      const { targets, outbox, messages } = current()
      await targets.add(aTarget('a'))
      await messages.add(messageRow(box, 'm1'))
      const [bare] = await outbox.bare()
      await outbox.setBody(bare?.id ?? '', '{}')
      await outbox.setBody(bare?.id ?? '', '{"other":1}')
      expect(await outbox.bare()).toEqual([])
      expect(await outbox.get(bare?.id ?? '')).toMatchObject({ body: '{}' })
      const dead = { state: 'dead', attempts: 1, nextTryAt: NOON, problem: 'no', endedAt: NOON } as const
      await outbox.settle(bare?.id ?? '', dead)
      await outbox.removeDeadBefore(NOON)
      expect(await events()).toHaveLength(1)
      await outbox.removeDeadBefore(NOON + 1)
      expect(await events()).toHaveLength(0)
    })
  })
}
