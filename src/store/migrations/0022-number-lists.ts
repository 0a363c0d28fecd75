import type { ColumnDataType, Kysely } from 'kysely'

/** Block lists that others keep. `packed` is last: who asks for all else does not read through it. */
export async function createNumberLists(db: Kysely<unknown>, bytes: ColumnDataType): Promise<void> {
  await db.schema
    .createTable('number_lists')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('url', 'text')
    .addColumn('token', 'text')
    .addColumn('country', 'text')
    .addColumn('minVotes', 'integer', (column) => column.notNull())
    .addColumn('everyHours', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('skipped', 'integer', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('readAt', 'bigint')
    .addColumn('triedAt', 'bigint')
    .addColumn('nextAt', 'bigint')
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('problem', 'text')
    .addColumn('marker', 'text', (column) => column.notNull())
    .addColumn('packed', bytes)
    .execute()
}
