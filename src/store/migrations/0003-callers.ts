import type { Kysely } from 'kysely'

/** What somebody has called and left before is asked at every call: one range of each index, alike in both databases. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema
    .createIndex('calls_by_caller')
    .on('calls')
    .columns(['callerNumber', 'arrivedAt', 'id'])
    .execute()
  await schema
    .createIndex('messages_by_caller')
    .on('messages')
    .columns(['callerNumber', 'state', 'receivedAt', 'id'])
    .execute()
}
