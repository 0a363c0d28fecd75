import { describe, expect, it } from 'vitest'
import type { Mail } from '../model.ts'
import type { Store } from '../store.ts'
import { homeOf, messageRow, NOON } from './sample-rows.contract.ts'

const mail = (id: string, change: Partial<Mail> = {}): Mail => ({
  id,
  messageId: 'm',
  lineNews: null,
  lockNews: null,
  fillNews: null,
  recipient: 'ruth@example.org',
  format: 'mp3',
  note: '',
  by: 'user:ada',
  state: 'waiting',
  createdAt: NOON,
  tries: 0,
  nextAt: NOON,
  endedAt: null,
  problem: null,
  detail: '',
  ...change,
})
const over = { tries: 1, nextAt: null, endedAt: NOON + 5, problem: null, detail: '' } as const

/** Messages on their way by mail, and what forwarding leaves elsewhere. */
export function describeMails(current: () => Store): void {
  describe('mails', () => {
    it('are listed newest first, page by page, by state and by message', async () => {
      const { mails } = current()
      await mails.add([mail('a'), mail('b', { createdAt: NOON + 1, messageId: 'n' })])
      await mails.add([mail('c', { createdAt: NOON + 2, state: 'sent', nextAt: null, endedAt: NOON })])
      await mails.add([])
      const ids = async (query: Partial<Parameters<typeof mails.list>[0]>) =>
        (await mails.list({ limit: 10, ...query })).rows.map(({ id }) => id)
      expect(await ids({})).toEqual(['c', 'b', 'a'])
      expect(await ids({ state: 'waiting' })).toEqual(['b', 'a'])
      expect(await ids({ messageId: 'n' })).toEqual(['b'])
      const { nextCursor } = await mails.list({ limit: 2 })
      expect(await ids({ cursor: nextCursor ?? '' })).toEqual(['a'])
      expect(await mails.get('a')).toEqual(mail('a'))
      const problem = { code: 'AP_REGISTRAR_SILENT', detail: 'udp 192.0.2.7:5060' }
      const lineNews = { state: 'lost', lineId: 'l', line: 'office', since: NOON, problem } as const
      await mails.add([mail('d', { messageId: null, lineNews })])
      expect(await mails.get('d')).toEqual(mail('d', { messageId: null, lineNews }))
      const lockNews = { mailbox: 'home', callerNumber: null, until: NOON }
      await mails.add([mail('e', { messageId: null, lockNews })])
      expect(await mails.get('e')).toEqual(mail('e', { messageId: null, lockNews }))
      const fillNews = { mailbox: null, level: 'full', percent: 100 } as const
      await mails.add([mail('f', { messageId: null, fillNews })])
      expect(await mails.get('f')).toEqual(mail('f', { messageId: null, fillNews }))
      expect(await mails.get('x')).toBeUndefined()
    })

    it('are taken one by one when they are due, by one alone, and again after the lease', async () => {
      const { mails } = current()
      await mails.add([
        mail('a', { nextAt: NOON + 2 }),
        mail('b', { nextAt: NOON + 1 }),
        mail('c', { nextAt: NOON + 9 }),
      ])
      expect(await mails.nextAt()).toBe(NOON + 1)
      expect(await mails.claim(NOON, NOON + 60)).toBeUndefined()
      const taken = await Promise.all([1, 2, 3].map(() => mails.claim(NOON + 2, NOON + 60)))
      expect(taken.map((row) => row?.id).toSorted()).toEqual(['a', 'b', undefined])
      expect(await mails.claim(NOON + 60, NOON + 90)).toMatchObject({ id: 'c', tries: 1 })
      expect(await mails.claim(NOON + 60, NOON + 90)).toMatchObject({ tries: 2, nextAt: NOON + 90 })
    })

    it('end as sent or failed, and are tried again from there', async () => {
      const { mails } = current()
      await mails.add([mail('a'), mail('b'), mail('c', { nextAt: NOON + 50 })])
      await mails.settle('a', { ...over, state: 'sent' })
      await mails.settle('b', { ...over, state: 'failed', problem: 'AP_MAIL_REFUSED', detail: '550' })
      await mails.settle('a', { ...over, state: 'failed' })
      expect(await mails.get('a')).toMatchObject({ state: 'sent', endedAt: NOON + 5 })
      expect(await mails.nextAt()).toBe(NOON + 50)
      await mails.hurry(NOON + 6)
      expect(await mails.nextAt()).toBe(NOON + 6)
      expect(await mails.retry('b', NOON + 1)).toMatchObject({ state: 'waiting', tries: 0, endedAt: null })
      expect(await mails.retry('a', NOON + 1)).toBeUndefined()
      expect(await mails.nextAt()).toBe(NOON + 1)
    })

    it('go sooner with a message of which more is known now, unless it was tried', async () => {
      const { mails } = current()
      await mails.add([mail('a', { nextAt: NOON + 50 }), mail('b', { nextAt: NOON + 60, messageId: 'n' })])
      await mails.hurry(NOON, 'n')
      expect(await mails.nextAt()).toBe(NOON)
      expect(await mails.claim(NOON, NOON + 70)).toMatchObject({ id: 'b' })
      await mails.hurry(NOON, 'n')
      expect(await mails.nextAt()).toBe(NOON + 50)
    })

    it('are counted by who sent them, and forgotten when they are over', async () => {
      const { mails } = current()
      await mails.add([mail('a'), mail('b', { createdAt: NOON + 9 }), mail('c', { by: 'machine' })])
      expect(await mails.countSince('user:ada', NOON)).toBe(2)
      expect(await mails.countSince('user:ada', NOON + 1)).toBe(1)
      await mails.settle('a', { ...over, state: 'sent' })
      await mails.removeEndedBefore(NOON + 5)
      expect(await mails.get('a')).toBeDefined()
      await mails.removeEndedBefore(NOON + 6)
      expect(await mails.get('a')).toBeUndefined()
      expect(await mails.remove('b')).toBe(true)
      expect(await mails.remove('b')).toBe(false)
      expect(await mails.nextAt()).toBe(NOON)
    })

    it('may be what a mailbox does with each message; a copy tells who put it there', async () => {
      const store = current()
      const { mailbox } = await homeOf(store)
      expect(mailbox.mailTo).toEqual([])
      await store.mailboxes.set('home', { mailTo: ['ruth@example.org', 'max@example.org'] })
      expect((await store.mailboxes.list())[0]?.mailTo).toEqual(['ruth@example.org', 'max@example.org'])
      await store.messages.add(messageRow(mailbox.id, 'copy', { forwardedBy: 'user:ada' }))
      expect((await store.messages.get('copy'))?.forwardedBy).toBe('user:ada')
    })
  })
}
