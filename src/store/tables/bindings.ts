import { ConstraintViolation, type Database } from '../engine.ts'
import type { PhoneBinding } from '../model.ts'
import type { Schema } from '../schema.ts'
import type { BindingStore } from '../store.ts'

export function bindingTable({ kysely, read, write }: Database): BindingStore {
  const remove = kysely.deleteFrom('bindings')
  const remember = kysely.updateTable('phones').set({ hasRegistered: 1 }).where('hasRegistered', '=', 0)

  return {
    async list() {
      const rows = await read(kysely.selectFrom('bindings').selectAll().orderBy('phoneId').orderBy('contact'))
      return rows.map(toBinding)
    },
    async put(binding) {
      const row = { ...binding, path: JSON.stringify(binding.path) }
      const { phoneId: _, contact: __, ...change } = row
      try {
        await write(
          'bindings',
          kysely
            .insertInto('bindings')
            .values(row)
            .onConflict((known) => known.columns(['phoneId', 'contact']).doUpdateSet(change)),
        )
        await write('bindings', remember.where('id', '=', binding.phoneId))
      } catch (error) {
        // Somebody has just removed the phone.
        if (!(error instanceof ConstraintViolation && error.kind === 'foreign-key')) throw error
      }
    },
    async remove(phoneId, contact) {
      await write(
        'bindings',
        remove.where('phoneId', '=', phoneId).where('contact', '=', contact),
        'essential',
      )
    },
    async removeExpired(at) {
      await write('bindings', remove.where('expiresAt', '<=', at), 'essential')
    },
  }
}

function toBinding(row: Schema['bindings']): PhoneBinding {
  return { ...row, path: JSON.parse(row.path) as string[] }
}
