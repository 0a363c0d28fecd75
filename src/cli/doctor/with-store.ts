import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import { openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts'
import type { Store } from '../../store/store.ts'
import type { Finding } from './finding.ts'

export interface StoreTools {
  readonly clock: Clock
  readonly makeId: MakeId
}

/** What is found in the store; nothing where there is none, or it can't be read: that is said elsewhere. */
export async function withStore(
  data: string,
  tools: StoreTools,
  look: (store: Store) => Promise<Finding[]>,
): Promise<Finding[]> {
  const file = join(data, 'answerphone.db')
  if (!existsSync(file)) return []
  try {
    const store = await openSqliteStore({ file, ...tools, log: silentLog })
    try {
      return await look(store)
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof AnswerphoneError)) throw error
    return []
  }
}
