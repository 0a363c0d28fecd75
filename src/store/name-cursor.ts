import { AnswerphoneError } from '../shared/errors.ts'

/** Where a page in order of name ended; it holds even when that row is gone. */
export interface NamePlace {
  /** How the row's search text begins. */
  readonly head: string
  readonly id: string
}

/** By so much of their search text rows are ordered: the whole, a note in it, would make cursors of any length. */
export const HEAD_LENGTH = 120

export function writeNameCursor({ head, id }: NamePlace): string {
  return Buffer.from(`${id} ${head}`).toString('base64url')
}

/** Rejects what `writeNameCursor` did not write with AP_INPUT_INVALID. */
export function readNameCursor(cursor: string): NamePlace {
  const [, id, head] = /^(\S{1,64}) ([^\0]*)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (id === undefined || head === undefined || head.length > 2 * HEAD_LENGTH)
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: 'The cursor is not one from a page before.' })
  return { id, head }
}
