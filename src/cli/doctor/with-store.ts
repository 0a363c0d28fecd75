import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import { openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts'
import type { Store } from '../../store/store.ts'

/** What is done with the store; without it, where there is none, or it can't be read: that is said elsewhere. */
export async function withStore<Result>(
  data: string,
  tools: { readonly clock: Clock; readonly makeId: MakeId },
  look: (store: Store | undefined) => Promise<Result>,
): Promise<Result> {
  const file = join(data, 'answerphone.db')
  const store = existsSync(file) ? await openOrNot(file, tools) : undefined
  try {
    return await look(store)
  } finally {
    await store?.close()
  }
}

async function openOrNot(file: string, tools: { readonly clock: Clock; readonly makeId: MakeId }) {
  try {
    return await openSqliteStore({ file, ...tools, log: silentLog })
  } catch (error) {
    if (!(error instanceof AnswerphoneError)) throw error
    return undefined
  }
}
