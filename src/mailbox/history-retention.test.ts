import { expect, it } from 'vitest'
import { openMailboxFixture } from '../../test/helpers/mailbox-fixture.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'
import { changeHistoryRetention } from './history-retention.ts'

const DAY = 86_400_000

it('forgets old calls and acts, those that were asked for, and no call that goes on', async () => {
  const { store, clock, mailboxes, close } = await openMailboxFixture()
  const forget = async () => {
    const forgotten = mailboxes.forgetHistory()
    const over = forgotten.then(() => true)
    while (!(await Promise.race([over, new Promise<false>((next) => setImmediate(next, false))])))
      clock.advance(1)
    return forgotten
  }
  const start = clock.now()
  for (let n = 0; n < 501; n++)
    await store.calls.add(callRow(`over${n}`, { arrivedAt: start, endedAt: start + 1 }))
  await store.calls.add(callRow('going-on', { arrivedAt: start }))
  await store.calls.add(callRow('young', { arrivedAt: start + 20 * DAY, endedAt: start + 20 * DAY }))
  const entry = { who: 'user:ada', act: 'played', callId: null, messageId: null, detail: '' } as const
  await store.audit.addAll([
    { ...entry, at: start },
    { ...entry, at: start + 20 * DAY },
  ])
  clock.advance(31 * DAY)
  expect(await forget()).toBe(0)
  await changeHistoryRetention(store, { keepCallsDays: 30 })
  expect(await forget()).toBe(501)
  expect((await store.calls.list({ limit: 9 })).rows.map(({ id }) => id)).toEqual(['young', 'going-on'])
  expect(await store.calls.oldestAt()).toBe(start)
  await changeHistoryRetention(store, { keepAuditDays: 30 })
  expect(await forget()).toBe(1)
  expect(await store.audit.oldestAt()).toBe(start + 20 * DAY)
  await changeHistoryRetention(store, { keepCallsDays: null, keepAuditDays: null })
  clock.advance(900 * DAY)
  expect(await forget()).toBe(0)
  await close()
})
