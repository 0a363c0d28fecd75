import type { Kysely } from 'kysely'

/** What callers had to pass, how that went, and the name that they said. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  for (const column of ['gate', 'gateWent', 'saidName'])
    await schema.alterTable('calls').addColumn(column, 'text').execute()
}
