import type { Kysely } from 'kysely'

/** Phones and what they bring: bindings, the audit, blocked numbers, and what becomes of a message after a pick-up. */
export async function createPhoneTables(db: Kysely<unknown>): Promise<void> {
  const { schema } = db

  await schema.alterTable('lines').addColumn('callBack', 'text').execute()
  await schema
    .alterTable('mailboxes')
    .addColumn('afterPickUp', 'text', (column) => column.notNull().defaultTo('keep'))
    .execute()
  await schema.alterTable('messages').addColumn('pickedUp', 'text').execute()
  await schema
    .alterTable('messages')
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('message'))
    .execute()

  await schema
    .createTable('phones')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.unique().notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('md5', 'text', (column) => column.notNull())
    .addColumn('speaker', 'integer', (column) => column.notNull())
    .addColumn('speakerGainDb', 'real', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('hasRegistered', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()

  // A phone does not keep a mailbox from being removed: it only rings for one less.
  await schema
    .createTable('phone_mailboxes')
    .addColumn('phoneId', 'text', (column) => column.notNull().references('phones.id').onDelete('cascade'))
    .addColumn('mailboxId', 'text', (column) =>
      column.notNull().references('mailboxes.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('phone_mailboxes_key', ['phoneId', 'mailboxId'])
    .execute()
  await schema.createIndex('phone_mailboxes_mailbox').on('phone_mailboxes').column('mailboxId').execute()

  await schema
    .createTable('bindings')
    .addColumn('phoneId', 'text', (column) => column.notNull().references('phones.id').onDelete('cascade'))
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('transport', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('port', 'integer', (column) => column.notNull())
    .addColumn('localAddress', 'text', (column) => column.notNull())
    .addColumn('localPort', 'integer', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('callId', 'text', (column) => column.notNull())
    .addColumn('cseq', 'bigint', (column) => column.notNull())
    .addColumn('q', 'real', (column) => column.notNull())
    .addColumn('expiresAt', 'bigint', (column) => column.notNull())
    .addColumn('instance', 'text')
    .addColumn('regId', 'bigint')
    .addColumn('userAgent', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('bindings_key', ['phoneId', 'contact'])
    .execute()

  await schema
    .createTable('audit')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('callId', 'text')
    .addColumn('messageId', 'text')
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('once', 'text', (column) => column.unique())
    .execute()
  await schema.createIndex('audit_by_time').on('audit').columns(['at', 'id']).execute()
  await schema.createIndex('audit_by_call').on('audit').columns(['callId', 'at', 'id']).execute()
  await schema.createIndex('audit_by_message').on('audit').columns(['messageId', 'at', 'id']).execute()

  await schema
    .createTable('blocked')
    .addColumn('number', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .execute()
}
