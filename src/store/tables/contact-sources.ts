import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { CardContents, ContactSource, ContactSourceStore, FoundBook } from '../contact-source.ts'
import { ConstraintViolation, type Database } from '../engine.ts'
import type { Schema } from '../schema.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

export function contactSourceTable({ kysely, read, write }: Database, makeId: MakeId): ContactSourceStore {
  const select = kysely.selectFrom('contact_sources').selectAll()

  const get = async (key: string): Promise<ContactSource | undefined> => {
    const rows = await read(select.where((is) => is.or([is('id', '=', key), is('name', '=', key)])))
    const row = rows.find(({ id }) => id === key) ?? rows[0]
    return row && toSource(row)
  }
  const need = async (key: string): Promise<ContactSource> => {
    const source = await get(key)
    if (!source) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'contact source', id: key })
    return source
  }

  return {
    list: async () => (await read(select.orderBy('name'))).map(toSource),
    get,
    async add(fields) {
      const fresh = { startedAt: null, doneAt: null, failures: 0, problem: null, detail: '', found: [] }
      const source: ContactSource = { ...fields, ...fresh, id: makeId() }
      const insert = kysely.insertInto('contact_sources').values(toRow(source))
      await refuseTakenName('contact source', source.name, write('contact_sources', insert))
      return source
    },
    async set(key, change) {
      const { id, name } = await need(key)
      const { books, found, ...rest } = change
      // Only what changes: it may be read in another process meanwhile.
      const columns = {
        ...rest,
        ...(books !== undefined && { books: books && JSON.stringify(books) }),
        ...(found && { found: JSON.stringify(found) }),
      }
      const update = kysely.updateTable('contact_sources').set(columns).where('id', '=', id)
      if (Object.keys(columns).length > 0)
        await refuseTakenName('contact source', change.name ?? name, write('contact_sources', update))
      return need(id)
    },
    async remove(key) {
      const source = await need(key)
      await write('contact_sources', kysely.deleteFrom('contact_sources').where('id', '=', source.id))
      return source
    },
    async nextAt() {
      const [row] = await read(
        kysely.selectFrom('contact_sources').select(({ fn }) => fn.min('nextAt').as('at')),
      )
      return row?.at ?? undefined
    },
    async claim(now, leaseEndsAt, id) {
      const due = kysely.selectFrom('contact_sources').select('id').where('nextAt', '<=', now)
      const which =
        id === undefined
          ? due.orderBy('nextAt').orderBy('id').limit(1)
          : kysely.selectFrom('contact_sources').select('id').where('id', '=', id)
      const { rows } = await write(
        'contact_sources',
        kysely
          .updateTable('contact_sources')
          .set({ startedAt: now, nextAt: leaseEndsAt })
          .where('id', '=', which)
          // Asked again: another process may have taken it between the two (PostgreSQL reads the row anew).
          .where((is) =>
            id === undefined
              ? is('nextAt', '<=', now)
              : is.or([is('nextAt', '<=', now), is('startedAt', 'is', null)]),
          )
          .returningAll(),
      )
      return rows[0] && toSource(rows[0])
    },
    async cards(sourceId) {
      const rows = await read(
        kysely
          .selectFrom('sourced_cards')
          .selectAll()
          .where('sourceId', '=', sourceId)
          .orderBy('uid')
          .orderBy('href'),
      )
      return rows.map(({ card, leftOut, ...row }) => ({
        ...row,
        card: JSON.parse(card) as CardContents,
        leftOut: JSON.parse(leftOut) as string[],
      }))
    },
    async putCard({ card, leftOut, ...fields }) {
      const row = { ...fields, card: JSON.stringify(card), leftOut: JSON.stringify(leftOut) }
      const { sourceId: _, href: __, ...columns } = row
      const insert = kysely
        .insertInto('sourced_cards')
        .values(row)
        .onConflict((there) => there.columns(['sourceId', 'href']).doUpdateSet(columns))
      await write('contact_sources', insert).catch((error: unknown) => {
        // The source or the contact was removed in this very moment.
        if (!(error instanceof ConstraintViolation && error.kind === 'foreign-key')) throw error
      })
    },
    async removeCard(sourceId, href) {
      await write(
        'contact_sources',
        kysely.deleteFrom('sourced_cards').where('sourceId', '=', sourceId).where('href', '=', href),
      )
    },
    async sourcesOf(contactIds) {
      if (contactIds.length === 0) return new Map()
      const rows = await read(
        kysely
          .selectFrom('sourced_cards')
          .innerJoin('contact_sources', 'contact_sources.id', 'sourced_cards.sourceId')
          .select(['contactId', 'contact_sources.id', 'contact_sources.name'])
          .where('contactId', 'in', contactIds),
      )
      return new Map(rows.map(({ contactId, id, name }) => [contactId ?? '', { id, name }]))
    },
  }
}

const toRow = ({ books, found, ...fields }: ContactSource): Schema['contact_sources'] => ({
  ...fields,
  books: books && JSON.stringify(books),
  found: JSON.stringify(found),
})

const toSource = ({ books, found, ...row }: Schema['contact_sources']): ContactSource => ({
  ...row,
  books: books === null ? null : (JSON.parse(books) as string[]),
  found: JSON.parse(found) as FoundBook[],
})
