import { ConstraintViolation, type Database } from '../engine.ts'
import type { Registration } from '../model.ts'
import type { RegistrationStore } from '../store.ts'

export function registrationTable({ kysely, read, write }: Database): RegistrationStore {
  return {
    async list() {
      const rows = await read(kysely.selectFrom('registrations').selectAll().orderBy('lineId'))
      return rows.map((row) => ({
        ...row,
        problem: row.problem === null ? null : (JSON.parse(row.problem) as Registration['problem']),
      }))
    },
    async put({ problem, ...fields }) {
      const row = { ...fields, problem: problem && JSON.stringify(problem) }
      const { lineId: _, ...change } = row
      try {
        await write(
          'registrations',
          kysely
            .insertInto('registrations')
            .values(row)
            .onConflict((known) => known.column('lineId').doUpdateSet(change)),
          'essential',
        )
      } catch (error) {
        // Somebody has just removed the line.
        if (!(error instanceof ConstraintViolation && error.kind === 'foreign-key')) throw error
      }
    },
    async remove(lineId) {
      await write(
        'registrations',
        kysely.deleteFrom('registrations').where('lineId', '=', lineId),
        'essential',
      )
    },
  }
}
