import type { Kysely } from 'kysely'

/** Rules in their order, which of them decided a call, and whose calls its owner likes best. */
export async function createRules(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema
    .createTable('rules')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('when', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .execute()
  await schema.alterTable('calls').addColumn('ruleId', 'text').execute()
  await schema.alterTable('calls').addColumn('ruleName', 'text').execute()
  await schema
    .alterTable('contacts')
    .addColumn('favourite', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
