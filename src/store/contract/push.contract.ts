import { beforeEach, describe, expect, it } from 'vitest'
import type { PushSubscription } from '../model.ts'
import type { Store } from '../store.ts'
import { NOON } from './sample-rows.contract.ts'

const subscription = (sessionHash: string, change: Partial<PushSubscription> = {}): PushSubscription => ({
  sessionHash,
  userId: 'u1',
  endpoint: `https://push.example/${sessionHash}`,
  p256dh: 'key',
  auth: 'secret',
  language: 'de',
  createdAt: NOON,
  ...change,
})

/** Where browsers are told of calls and messages. */
export function describePush(current: () => Store): void {
  describe('push subscriptions', () => {
    beforeEach(async () => {
      const { users, sessions } = current()
      for (const id of ['u1', 'u2'])
        await users.add({ id, name: id, role: 'member', createdAt: NOON }, 'hash')
      for (const [hash, userId] of [
        ['a', 'u1'],
        ['b', 'u1'],
        ['c', 'u2'],
      ] as const)
        await sessions.add({ hash, userId, createdAt: NOON, expiresAt: NOON + 10 })
    })
    const endpoints = async (at = NOON) => (await current().push.list(at)).map(({ endpoint }) => endpoint)

    it('are kept one for each session, and changed', async () => {
      const { push } = current()
      await push.put(subscription('a'), 9)
      await push.put(subscription('b', { createdAt: NOON + 1 }), 9)
      await push.put(subscription('a', { language: 'en', endpoint: 'https://push.example/new' }), 9)
      expect(await push.list(NOON)).toEqual([
        subscription('a', { language: 'en', endpoint: 'https://push.example/new' }),
        subscription('b', { createdAt: NOON + 1 }),
      ])
    })

    it('are one for each browser: who logs in there has it from whoever was there before', async () => {
      const { push } = current()
      await push.put(subscription('a'), 9)
      const taken = subscription('c', { userId: 'u2', endpoint: 'https://push.example/a' })
      await push.put(taken, 9)
      expect(await push.list(NOON)).toEqual([taken])
    })

    it('end with their session, their user, and by themselves', async () => {
      const { push, sessions, users } = current()
      for (const hash of ['a', 'b']) await push.put(subscription(hash), 9)
      await push.put(subscription('c', { userId: 'u2' }), 9)
      await sessions.remove('a')
      expect(await endpoints()).toEqual(['https://push.example/b', 'https://push.example/c'])
      await users.remove('u2')
      expect(await endpoints()).toEqual(['https://push.example/b'])
      expect(await endpoints(NOON + 10), 'the session has expired').toEqual([])
      await push.remove('b')
      await push.put(subscription('b'), 9)
      await push.removeEndpoint('https://push.example/b')
      expect(await endpoints()).toEqual([])
    })

    it('are not kept for a session that is gone, nor past the number that a user may have', async () => {
      const { push } = current()
      await push.put(subscription('gone'), 9)
      expect(await endpoints()).toEqual([])
      await push.put(subscription('a'), 1)
      await push.put(subscription('b', { createdAt: NOON + 1 }), 1)
      expect(await endpoints()).toEqual(['https://push.example/b'])
    })
  })
}
