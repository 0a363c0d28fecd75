import type { Kysely } from 'kysely'

/**
 * Where lines are, and with each call who it said is calling. Rows from before keep their numbers as the line wrote them,
 * without E.164, and are compared by how they end.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema.alterTable('lines').addColumn('country', 'text').execute()
  await schema.alterTable('lines').addColumn('areaCode', 'text').execute()
  await schema
    .alterTable('lines')
    .addColumn('trustVerstat', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  for (const table of ['calls', 'messages'])
    await schema.alterTable(table).addColumn('callerE164', 'text').execute()
  await schema.alterTable('calls').addColumn('attestation', 'text').execute()
  await schema
    .alterTable('calls')
    .addColumn('said', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute()
}
