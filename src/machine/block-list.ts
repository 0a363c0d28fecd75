import type { Log } from '../shared/log.ts'
import { comparable } from '../shared/same-number.ts'
import type { Store } from '../store/store.ts'

/** The numbers whose calls are refused, in memory: asked for each call before it rings. */
export interface BlockList {
  has(number: string | null): boolean
  /** At once, though the store may take a while to be written. */
  add(number: string): void
  close(): void
}

/** Rejects with AP_STORE_* when the store can't be read. */
export async function openBlockList(
  store: Pick<Store, 'blocked' | 'onChange'>,
  log: Log,
): Promise<BlockList> {
  let numbers = new Set<string>()
  const reload = async () => {
    numbers = new Set((await store.blocked.list()).map(({ number }) => comparable(number)))
  }
  const close = store.onChange((tables) => {
    if (tables.size > 0 && !tables.has('blocked')) return
    reload().catch((error) =>
      log.error({ err: error }, 'the blocked numbers can not be read; the last known ones stay'),
    )
  })
  await reload()
  return {
    has: (number) => number !== null && numbers.has(comparable(number)),
    add: (number) => void numbers.add(comparable(number)),
    close,
  }
}
