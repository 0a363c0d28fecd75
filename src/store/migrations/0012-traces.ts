import type { ColumnDataType, Kysely } from 'kysely'

/**
 * What went over the wire for each call. A table of its own, without a reference to `calls`: lists of calls stay as quick
 * as they were, and calls between phones have traces and no row there.
 */
export async function createTraces(db: Kysely<unknown>, bytes: ColumnDataType): Promise<void> {
  const { schema } = db
  await schema
    .createTable('traces')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('startedAt', 'bigint', (column) => column.notNull())
    .addColumn('endedAt', 'bigint')
    .addColumn('packed', bytes, (column) => column.notNull())
    .execute()
  await schema.createIndex('traces_by_time').on('traces').columns(['startedAt', 'id']).execute()
}
