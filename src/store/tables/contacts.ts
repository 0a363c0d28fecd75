import { type Expression, type SqlBool, sql } from 'kysely'
import { areOne, compared } from '../../shared/compared-number.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import { comparable, endingOf } from '../../shared/same-number.ts'
import { clampLimit } from '../cursor.ts'
import type { Database } from '../engine.ts'
import { needleOf, searchText } from '../fold.ts'
import type { Contact } from '../model.ts'
import { HEAD_LENGTH, readNameCursor, writeNameCursor } from '../name-cursor.ts'
import type { ContactStore } from '../store.ts'
import { contains, namesContact } from './names-contact.ts'

export function contactTable({ kysely, read, write }: Database, makeId: MakeId): ContactStore {
  const select = kysely
    .selectFrom('contacts')
    .innerJoin('contact_numbers', 'contact_numbers.contactId', 'contacts.id')
    .select(['contacts.id', 'contacts.name', 'contacts.note', 'contacts.favourite', 'contact_numbers.number'])
    .orderBy('contacts.search')
    .orderBy('contacts.id')
    .orderBy('contact_numbers.position')

  const head = sql<string>`substr(contacts.search, 1, ${sql.lit(HEAD_LENGTH)})`
  /** Part of the name, the note or a number; undefined where all are meant. */
  const matching = (q: string): Expression<SqlBool> | undefined => {
    const needle = needleOf(q)
    if (needle === '') return undefined
    const having = kysely
      .selectFrom('contact_numbers')
      .select('contactId')
      .where(contains('key', comparable(needle)))
    return sql<SqlBool>`(${namesContact(needle)} or contacts.id in ${having})`
  }

  const get = async (id: string): Promise<Contact | undefined> =>
    toContacts(await read(select.where('contacts.id', '=', id)))[0]
  const need = async (id: string): Promise<Contact> => {
    const contact = await get(id)
    if (!contact) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'contact', id })
    return contact
  }
  const remove = (id: string) =>
    write('contacts', kysely.deleteFrom('contacts').where('id', '=', id), 'essential')

  const refuseTaken = async (id: string, numbers: readonly string[]): Promise<void> => {
    const alike = await read(
      kysely
        .selectFrom('contact_numbers')
        .innerJoin('contacts', 'contacts.id', 'contact_numbers.contactId')
        .select(['contact_numbers.number', 'contacts.name'])
        .where('contact_numbers.ending', 'in', numbers.map(comparable).map(endingOf))
        .where('contacts.id', '<>', id),
    )
    const others = alike.map((one) => ({ ...compared(one.number), name: one.name }))
    for (const number of numbers) {
      const wanted = compared(number)
      const taken = others.find((one) => areOne(one, wanted))
      if (taken) throw new AnswerphoneError('AP_CONTACT_NUMBER_TAKEN', { number, name: taken.name })
    }
  }
  /** New ones first: in between, the contact has too many rather than none. */
  const setNumbers = async (contactId: string, numbers: readonly string[]): Promise<void> => {
    const rows = numbers.map((number, position) => {
      const key = comparable(number)
      return { key, ending: endingOf(key), number, contactId, position }
    })
    await write(
      'contacts',
      kysely
        .insertInto('contact_numbers')
        .values(rows)
        // Another's may have come in this very moment: it stays there.
        .onConflict((known) =>
          known
            .column('key')
            .doUpdateSet(({ ref }) => ({
              number: ref('excluded.number'),
              position: ref('excluded.position'),
            }))
            .whereRef('contact_numbers.contactId', '=', 'excluded.contactId'),
        ),
    )
    await write(
      'contacts',
      kysely
        .deleteFrom('contact_numbers')
        .where('contactId', '=', contactId)
        .where(
          'key',
          'not in',
          rows.map(({ key }) => key),
        ),
      'essential',
    )
  }

  return {
    async list(q = '') {
      const matches = matching(q)
      return toContacts(await read(matches ? select.where(matches) : select))
    },
    async page({ q = '', cursor, limit }) {
      const size = clampLimit(limit)
      const matches = matching(q)
      const all = matches ? kysely.selectFrom('contacts').where(matches) : kysely.selectFrom('contacts')
      const [counted] = await read(all.select(({ fn }) => fn.countAll<number | string>().as('count')))
      let below = all
      if (cursor !== undefined) {
        const place = readNameCursor(cursor)
        below = below.where(sql<SqlBool>`(${head}, contacts.id) > (${place.head}, ${place.id})`)
      }
      const found = await read(
        below
          .select(['contacts.id', head.as('head')])
          .orderBy(head)
          .orderBy('contacts.id')
          .limit(size + 1),
      )
      const ids = found.slice(0, size).map(({ id }) => id)
      const rows = toContacts(ids.length > 0 ? await read(select.where('contacts.id', 'in', ids)) : [])
      const last = found[size - 1]
      return {
        rows: rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
        nextCursor: found.length > size && last ? writeNameCursor(last) : null,
        total: Number(counted?.count ?? 0),
      }
    },
    get,
    async add({ name, note, numbers, favourite = false }) {
      const contact = { id: makeId(), name, note, favourite, numbers: distinct(numbers) }
      await refuseTaken(contact.id, contact.numbers)
      const row = { id: contact.id, ...columnsOf(contact) }
      await write('contacts', kysely.insertInto('contacts').values(row))
      try {
        await setNumbers(contact.id, contact.numbers)
      } catch (error) {
        await remove(contact.id)
        throw error
      }
      return contact
    },
    async set(id, change) {
      const before = await need(id)
      const contact = { ...before, ...change, numbers: distinct(change.numbers ?? before.numbers) }
      await refuseTaken(id, contact.numbers)
      if (change.numbers) await setNumbers(id, contact.numbers)
      await write('contacts', kysely.updateTable('contacts').set(columnsOf(contact)).where('id', '=', id))
      return contact
    },
    async remove(id) {
      const contact = await need(id)
      await remove(id)
      return contact
    },
  }
}

const columnsOf = ({ name, note, favourite }: Omit<Contact, 'id'>) => ({
  name,
  note,
  favourite: favourite ? (1 as const) : (0 as const),
  search: searchText(name, note),
})

/** A number that stands there twice, in whatever way of writing, is one: the first. */
function distinct(numbers: readonly string[]): readonly string[] {
  const all = numbers.map((number) => ({ number, ...compared(number) }))
  const first = all.filter((one, index) => !all.slice(0, index).some((before) => areOne(before, one)))
  return first.map(({ number }) => number)
}

type ContactRow = Pick<Contact, 'id' | 'name' | 'note'> & {
  readonly favourite: 0 | 1
  readonly number: string
}

/** Rows of one contact after another, a number each. */
function toContacts(rows: readonly ContactRow[]): Contact[] {
  const contacts = new Map<string, Contact & { numbers: string[] }>()
  for (const { number, favourite, ...fields } of rows) {
    const contact = contacts.get(fields.id)
    if (contact) contact.numbers.push(number)
    else contacts.set(fields.id, { ...fields, favourite: favourite === 1, numbers: [number] })
  }
  return [...contacts.values()]
}
