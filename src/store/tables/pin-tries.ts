import { ConstraintViolation, type Database } from '../engine.ts'
import type { PinTriesStore } from '../pin-tries.ts'

export function pinTriesTable({ kysely, read, write }: Database): PinTriesStore {
  return {
    list: () => read(kysely.selectFrom('pin_tries').selectAll().orderBy('mailboxId')),
    async put(tries) {
      const { mailboxId: _, ...change } = tries
      try {
        await write(
          'pin_tries',
          kysely
            .insertInto('pin_tries')
            .values(tries)
            .onConflict((known) => known.column('mailboxId').doUpdateSet(change)),
          'essential',
        )
      } catch (error) {
        // Somebody has just removed the mailbox.
        if (!(error instanceof ConstraintViolation && error.kind === 'foreign-key')) throw error
      }
    },
    async remove(mailboxId) {
      await write('pin_tries', kysely.deleteFrom('pin_tries').where('mailboxId', '=', mailboxId), 'essential')
    },
  }
}
