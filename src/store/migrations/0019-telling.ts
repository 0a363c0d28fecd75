import { type Kysely, sql } from 'kysely'

/** Targets, and what waits to be told them, alike in both databases but for how rows are numbered. */
export async function createTelling(db: Kysely<unknown>, numbered: 'integer' | 'bigserial'): Promise<void> {
  const { schema } = db
  await schema
    .createTable('targets')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('secret', 'text')
    .addColumn('events', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('ntfy', 'text')
    .addColumn('quiet', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('lastTriedAt', 'bigint')
    .addColumn('lastProblem', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('outbox')
    // Never used twice, though rows go: the order is by it.
    .addColumn('seq', numbered, (column) =>
      numbered === 'integer' ? column.primaryKey().autoIncrement().notNull() : column.primaryKey().notNull(),
    )
    .addColumn('id', 'text', (column) => column.unique().notNull())
    .addColumn('targetId', 'text', (column) => column.notNull().references('targets.id').onDelete('cascade'))
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text')
    .addColumn('state', 'text', (column) => column.notNull().defaultTo('waiting'))
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('waitsSince', 'bigint', (column) => column.notNull())
    .addColumn('nextTryAt', 'bigint', (column) => column.notNull())
    .addColumn('problem', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('endedAt', 'bigint')
    .execute()
  await schema.createIndex('outbox_by_target').on('outbox').columns(['targetId', 'state', 'seq']).execute()
  await schema
    .createIndex('outbox_bare')
    .on('outbox')
    .column('seq')
    .where(sql.ref('body'), 'is', null)
    .execute()
}

/** When a row of a table becomes an event, which, of whom, and when it happened. */
export const TOLD = [
  { table: 'messages', name: 'new', on: 'insert', when: `new.state = 'new'`, at: 'new."receivedAt"' },
  {
    table: 'messages',
    name: 'heard',
    on: 'update of state',
    when: `old.state = 'new' and new.state = 'heard'`,
    at: 'new."stateSince"',
  },
  {
    table: 'messages',
    name: 'deleted',
    on: 'update of state',
    when: `old.state <> 'trash' and new.state = 'trash'`,
    at: 'new."stateSince"',
  },
  { table: 'calls', name: 'arrived', on: 'insert', when: 'new."endedAt" is null', at: 'new."arrivedAt"' },
  {
    table: 'calls',
    name: 'ended',
    on: 'update of "endedAt"',
    when: 'old."endedAt" is null and new."endedAt" is not null',
    at: 'new."endedAt"',
  },
].map((told) => ({ ...told, event: `${told.table.slice(0, -1)}-${told.name}` }))

export type Told = (typeof TOLD)[number]
