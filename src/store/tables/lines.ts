import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import { ConstraintViolation, type Database } from '../engine.ts'
import type { Account, CallOut, Line } from '../model.ts'
import type { Schema } from '../schema.ts'
import type { LineStore } from '../store.ts'

/** What a line is that was added without a word of it. */
export const LINE_UNLESS_TOLD = {
  account: null,
  srtp: 'offered',
  callOut: null,
  internal: 'ring',
  internalDigits: 0,
  country: null,
  areaCode: null,
  trustVerstat: false,
  tollSaverSeconds: null,
} as const satisfies Partial<Line>

export function lineTable({ kysely, read, write }: Database, makeId: MakeId): LineStore {
  const select = kysely.selectFrom('lines').selectAll()

  const get = async (key: string): Promise<Line | undefined> => {
    const rows = await read(select.where((is) => is.or([is('id', '=', key), is('name', '=', key)])))
    const row = rows.find(({ id }) => id === key) ?? rows[0]
    return row && toLine(row)
  }
  const need = async (key: string): Promise<Line> => {
    const line = await get(key)
    if (!line) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'line', id: key })
    return line
  }
  /** Says which of a line's unique columns is taken, or that its mailbox is not there. */
  const refuse = async (line: Line, error: unknown): Promise<unknown> => {
    if (!(error instanceof ConstraintViolation)) return error
    if (error.kind === 'foreign-key')
      return new AnswerphoneError('AP_NOT_FOUND', { kind: 'mailbox', id: line.mailboxId })
    const namesake = await get(line.name)
    if (namesake && namesake.id !== line.id)
      return new AnswerphoneError('AP_NAME_TAKEN', { kind: 'line', name: line.name }, { cause: error })
    return new AnswerphoneError('AP_NUMBER_TAKEN', { number: line.number ?? '' }, { cause: error })
  }

  return {
    list: async () => (await read(select.orderBy('name'))).map(toLine),
    get,
    async add(fields) {
      const line: Line = {
        ...LINE_UNLESS_TOLD,
        ...fields,
        id: makeId(),
      }
      try {
        await write('lines', kysely.insertInto('lines').values(toRow(line)))
      } catch (error) {
        throw await refuse(line, error)
      }
      return line
    },
    async set(key, change) {
      const line = { ...(await need(key)), ...change }
      const { id, ...columns } = toRow(line)
      try {
        await write('lines', kysely.updateTable('lines').set(columns).where('id', '=', id))
      } catch (error) {
        throw await refuse(line, error)
      }
      return line
    },
    async remove(key) {
      const { id } = await need(key)
      await write('lines', kysely.deleteFrom('lines').where('id', '=', id), 'essential')
    },
  }
}

const toRow = (line: Line): Schema['lines'] => ({
  ...line,
  trustVerstat: line.trustVerstat ? 1 : 0,
  trunk: JSON.stringify(line.trunk),
  account: line.account && JSON.stringify(line.account),
  callOut: line.callOut && JSON.stringify(line.callOut),
})

function toLine(row: Schema['lines']): Line {
  return {
    ...row,
    trustVerstat: row.trustVerstat === 1,
    trunk: JSON.parse(row.trunk) as string[],
    account: row.account === null ? null : (JSON.parse(row.account) as Account),
    callOut: row.callOut === null ? null : (JSON.parse(row.callOut) as CallOut),
  }
}
