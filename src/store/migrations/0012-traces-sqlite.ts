import type { Kysely } from 'kysely'
import { createTraces } from './0012-traces.ts'

export const up = (db: Kysely<unknown>): Promise<void> => createTraces(db, 'blob')
