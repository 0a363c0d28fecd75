import type { Kysely } from 'kysely'
import { createNumberLists } from './0022-number-lists.ts'

export const up = (db: Kysely<unknown>): Promise<void> => createNumberLists(db, 'blob')
