import { ConstraintViolation, type Database } from '../engine.ts'
import type { PushStore } from '../store.ts'

const COLUMNS = ['sessionHash', 'userId', 'endpoint', 'p256dh', 'auth', 'language', 'createdAt'] as const

export function pushTable({ kysely, read, write }: Database): PushStore {
  const remove = kysely.deleteFrom('push_subscriptions')
  const insert = kysely.insertInto('push_subscriptions')

  return {
    list: (at) =>
      read(
        kysely
          .selectFrom('push_subscriptions')
          .innerJoin('sessions', 'sessions.hash', 'push_subscriptions.sessionHash')
          .select(COLUMNS.map((column) => `push_subscriptions.${column}` as const))
          .where('sessions.expiresAt', '>', at)
          .orderBy('push_subscriptions.createdAt')
          .orderBy('push_subscriptions.sessionHash'),
      ),
    async put(subscription, most) {
      const { sessionHash, userId, endpoint } = subscription
      const newest = kysely
        .selectFrom('push_subscriptions')
        .select('sessionHash')
        .where('userId', '=', userId)
        .orderBy('createdAt', 'desc')
        .orderBy('sessionHash')
        .limit(most)
      try {
        // A browser has one, whoever was logged in there before.
        await write(
          'push_subscriptions',
          remove.where('endpoint', '=', endpoint).where('sessionHash', '!=', sessionHash),
        )
        await write(
          'push_subscriptions',
          insert
            .values(subscription)
            .onConflict((known) => known.column('sessionHash').doUpdateSet(subscription)),
        )
        await write(
          'push_subscriptions',
          remove.where('userId', '=', userId).where('sessionHash', 'not in', newest),
        )
      } catch (error) {
        // Logged out in this very moment.
        if (!(error instanceof ConstraintViolation && error.kind === 'foreign-key')) throw error
      }
    },
    async remove(sessionHash) {
      await write('push_subscriptions', remove.where('sessionHash', '=', sessionHash), 'essential')
    },
    async removeEndpoint(endpoint) {
      await write('push_subscriptions', remove.where('endpoint', '=', endpoint), 'essential')
    },
  }
}
