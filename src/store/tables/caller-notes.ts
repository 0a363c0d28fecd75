import { areOne, compared } from '../../shared/compared-number.ts'
import { comparable, endingOf } from '../../shared/same-number.ts'
import type { CallerNoteStore } from '../caller-note.ts'
import type { Database } from '../engine.ts'
import { searchText } from '../fold.ts'
import type { Numbered } from '../model.ts'

export function callerNoteTable({ kysely, read, write }: Database): CallerNoteStore {
  /** The one of the very number, else of another way of writing it. */
  const find = async ({ number, e164 }: Numbered) => {
    const key = comparable(e164 ?? number)
    const alike = await read(
      kysely.selectFrom('caller_notes').selectAll().where('ending', '=', endingOf(key)).orderBy('key'),
    )
    const caller = compared(e164 ?? number)
    return alike.find((row) => row.key === key) ?? alike.find((row) => areOne(compared(row.number), caller))
  }

  return {
    async get(caller) {
      const row = await find(caller)
      return row && { number: row.number, note: row.note }
    },
    async set(caller, note) {
      const known = await find(caller)
      const key = known?.key ?? comparable(caller.e164 ?? caller.number)
      const search = searchText(note)
      const number = caller.e164 ?? caller.number
      await write(
        'caller_notes',
        note === ''
          ? kysely.deleteFrom('caller_notes').where('key', '=', key)
          : kysely
              .insertInto('caller_notes')
              .values({ key, ending: endingOf(key), number, note, search })
              .onConflict((there) => there.column('key').doUpdateSet({ note, search })),
      )
    },
  }
}
