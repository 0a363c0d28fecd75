import { AnswerphoneError } from '../shared/errors.ts'
import type { Page } from './model.ts'

/** Where a page ended: the sort key of its last row. */
export interface Place {
  readonly at: number
  readonly id: string
}

/** The longest page that a list gives. */
const MAX_LIMIT = 200

export const clampLimit = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), MAX_LIMIT)

/** The place as an opaque word for the caller to bring back. */
function writeCursor({ at, id }: Place): string {
  return Buffer.from(`${at} ${id}`).toString('base64url')
}

/** Rejects what `writeCursor` did not write with AP_INPUT_INVALID. */
export function readCursor(cursor: string): Place {
  const [, at, id] = /^(\d{1,16}) (\S{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (at === undefined || id === undefined)
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: 'The cursor is not one from a page before.' })
  return { at: Number(at), id }
}

/** Makes a page of `limit` rows out of rows fetched with a limit one higher, which tells whether more follow. */
export function cutPage<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => Place): Page<Row> {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, nextCursor: rows.length > limit && last ? writeCursor(placeOf(last)) : null }
}
